import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'secrets-rm',
  title: 'Secrets of RLHF in Large Language Models Part II: Reward Modeling',
  name: 'Secrets of RLHF II',
  arxiv: '2401.06080',
  date: '2024-01-11',
  authors: [
    'Binghai Wang',
    'Rui Zheng',
    'Lu Chen',
    'Yan Liu',
    'Shihan Dou',
    'Caishuang Huang',
    'Wei Shen',
    'Senjie Jin',
    'Enyu Zhou',
    'Chenyu Shi',
    'Songyang Gao',
    'Nuo Xu',
    'Yuhao Zhou',
    'Xiaoran Fan',
    'Zhiheng Xi',
    'Jun Zhao',
    'Xiao Wang',
    'Tao Ji',
    'Hang Yan',
    'Lixing Shen',
    'Zhan Chen',
    'Tao Gui',
    'Qi Zhang',
    'Xipeng Qiu',
    'Xuanjing Huang',
    'Zuxuan Wu',
    'Yu-Gang Jiang',
  ],
  venue: 'arXiv',
  code: 'https://github.com/OpenLMLab/MOSS-RLHF',
  links: [
    {
      label: 'HH-RLHF with preference strengths',
      url: 'https://huggingface.co/datasets/fnlp/hh-rlhf-strength-cleaned',
    },
  ],
  tags: ['reward modelling', 'label noise', 'ensembles', 'adaptive margin', 'contrastive learning', 'meta-learning'],
  rooms: ['model', 'assess'],
  summary: `A field guide to noisy preference data. Ten reward models are trained on the same pairs in different orders; the mean gap between chosen and rejected over the ten is the strength of a pair. Pairs with negative strength are probably labelled the wrong way round, those near zero teach nothing, and the very strongest invite overfitting. The remedies follow: swap or soften suspicious labels, demand a margin of that size from each pair, soften the top. The report then adds two aids against distribution shift: a contrastive loss on the features, and MetaRM, a first-order meta-step that favours training pairs whose gradient also spreads fresh policy samples apart. It fits anyone with a preference file of unknown quality, and with frozen embeddings the vote is nearly free. The catch: the vote finds labels that contradict their neighbours, not values that are consistently wrong, since a bias shared by the annotators is learned by all ten models.`,
  method: [
    {
      text: `Every model of the vote is an ordinary Bradley-Terry reward model trained for one epoch. For pair $i$ the score gaps $d_{i,m}$ of $M=10$ models are averaged into a strength; their spread is kept beside it.`,
      tex: String.raw`\hat\mu_i=\tfrac1M\sum_md_{i,m},\qquad \hat\sigma_i=\sqrt{\tfrac1M\sum_m(d_{i,m}-\hat\mu_i)^2},\qquad d_{i,m}=r_{\psi_m}(x_i,y_c)-r_{\psi_m}(x_i,y_r)`,
    },
    {
      text: String.raw`Suspicious labels are swapped, or softened by a rate $\alpha$ on a chosen subset.`,
      tex: String.raw`\mathcal L_{LS}=-\big[(1-\alpha)\log p+\alpha\log(1-p)\big],\qquad p=\sigma(r_c-r_r)`,
    },
    {
      text: 'The adaptive margin subtracts the strength inside the sigmoid, so that clear pairs have to be separated widely and doubtful ones stop pushing early. (As printed the bracket closes too soon, which would leave the margin without a gradient.)',
      tex: String.raw`\mathcal L=-\log\sigma\big(r_c-r_r-\hat\mu(x,y)\big)`,
    },
    {
      text: `MetaRM measures how well the model separates $k$ unlabelled samples of the current policy, takes one ascent step on that spread, and applies the preference gradient found there to the original parameters.`,
      tex: String.raw`\mathcal J_\theta=\frac2{k^2}\sum_{i<j}\sigma\big(|r_\theta(x,s_i)-r_\theta(x,s_j)|\big),\qquad \theta'=\theta+\eta\nabla_\theta\mathcal J_\theta,\qquad \theta\leftarrow\theta-\alpha\nabla_{\theta'}\mathcal L_{\theta'}`,
    },
  ],
  pitfalls: [
    'Strength measured on memorised data is positive for every pair. Stop after one epoch or compute it out of fold.',
    'Ten models that share a systematic bias agree with it; the audit finds inconsistent labels, not wrong values.',
    'Validation labels are as noisy as the training labels, so accuracy on them rewards overfitting for a while.',
    'A flipped pair needs a fresh strength: keeping the old negative margin cancels much of the flip.',
    'MetaRM stretches scores in the direction the model already believes, which makes a bad model worse. Watch gold or judge accuracy, not the spread objective.',
    'The released trainer adds 1e-5 inside the logarithm; use a stable log-sigmoid instead.',
  ],
  claims: {
    'annotators-disagree': {
      statement: 'Human annotators agree with each other far less than perfectly on such pairs.',
      reported: 'about 63% (Anthropic data) and 72.6% (OpenAI data), quoted from others',
      setting: 'published agreement figures',
      baseline: null,
      test: 'record',
      judged: 'A quoted property of existing data sets, not something an experiment here could decide.',
    },
    'many-pairs-voted-down': {
      statement:
        'A sizeable share of a popular preference set is contradicted by the mean of ten models trained on it.',
      reported: 'about 25% of training pairs have negative strength',
      setting: 'HH-RLHF, ten reward models',
      baseline: null,
      test: 'model',
      judged: 'Depends on the real data set; the audit runs on it when embeddings are supplied.',
    },
    'strength-finds-wrong-labels': {
      statement: 'Low strength marks labels that a better judge would reverse.',
      reported: 'agreement with GPT-4: 0.956 (top 500), 0.544 (near 0), 0.164 (bottom 500)',
      setting: 'HH-RLHF validation pairs',
      baseline: null,
      test: 'experiment',
      judged:
        'Rule (a), embedding world with planted flips: AUROC of negative strength for truly wrong labels has a lower bound above 0.7 at 25% uniform noise (bootstrap over 20 seeds, 95%). Refuted if it fails; the biased-annotator condition is reported beside it.',
    },
    'low-deciles-mislead': {
      statement:
        'A model trained on the weakest pairs alone does worse than guessing, and flipping them makes them useful.',
      reported:
        'accuracy about 0.33 and 0.35 on the two lowest deciles, about 0.68 on deciles 6 to 9; flipping is qualitative',
      setting: 'reward models from scratch on one decile each',
      baseline: 'chance 0.5',
      test: 'experiment',
      judged:
        'Rule (b): accuracy of the bottom-decile model has an upper bound below 0.5 and of its flipped version a lower bound above 0.5 (bootstrap over seeds, 95%, 25% noise). Refuted if either fails.',
    },
    'denoising-holds-later': {
      statement:
        'Softened labels with adaptive margins keep their accuracy in later epochs while the plain loss memorises noise.',
      reported:
        'original labels about 0.71 against 0.69; GPT-4 labels about 0.70 to 0.705 against 0.68 (flip variants)',
      setting: '8,000 steps on HH-RLHF',
      baseline: 'vanilla reward model',
      test: 'experiment',
      judged:
        'Rule (c): clean accuracy after four epochs, soft labels with margin minus the best of baseline, constant smoothing and early stopping, above 0 (paired bootstrap over seeds, 95%). Refuted if the interval lies below 0.',
    },
    'metarm-under-shift': {
      statement: "Preferring gradients that spread the policy's own samples improves the model on shifted responses.",
      reported: 'GPT-4 win/tie/lose: harmless 54/31/15, helpful 65/30/5, summary 62/7/31',
      setting: 'best MetaRM round (3, 3 and 4) with PPO',
      baseline: 'PPO with the vanilla reward model',
      test: 'experiment',
      judged:
        'Rule (d), embedding world: accuracy on shifted gold pairs, MetaRM minus vanilla training with as many gradient evaluations, above 0 (paired bootstrap over seeds, 95%). A claim of its own beside the main verdict.',
    },
    'margin-usually-helps': {
      statement: 'Adding the strength as a margin improves training in nearly every setting.',
      reported: 'qualitative',
      setting: 'reward modelling on HH-RLHF',
      baseline: 'no margin',
      test: 'record',
      judged: 'The margin arm is shown with the other cures, but no rule is attached to it alone.',
    },
    'spread-is-u-shaped': {
      statement: 'Models disagree most about the pairs at both ends of the strength scale.',
      reported: 'qualitative: U-shaped standard deviation',
      setting: '20 groups of pairs sorted by strength',
      baseline: null,
      test: 'record',
      judged: 'Plotted in the audit without a threshold.',
    },
    'ppo-stable-without-kl': {
      statement: 'Without a KL penalty, PPO stays stable only under a denoised or contrastive reward model.',
      reported: 'qualitative: KL grows linearly and perplexity stays flat',
      setting: 'Llama-2-7B, 2,000 PPO iterations',
      baseline: 'vanilla and margin-only reward models',
      test: 'model',
      judged: 'Needs PPO on a real language model.',
    },
    'rounds-saturate': {
      statement: 'Repeated MetaRM rounds help up to a point and then reverse.',
      reported: 'win rate against SFT 44, 65, 69, 64 over rounds 1 to 4',
      setting: 'harmlessness prompts',
      baseline: 'SFT model',
      test: 'model',
      judged: 'Needs several rounds of RLHF with a judge.',
    },
  },
});
