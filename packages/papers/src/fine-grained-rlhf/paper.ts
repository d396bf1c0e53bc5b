import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'fine-grained-rlhf',
  title: 'Fine-Grained Human Feedback Gives Better Rewards for Language Model Training',
  name: 'Fine-Grained RLHF',
  arxiv: '2306.01693',
  date: '2023-06-02',
  authors: [
    'Zeqiu Wu',
    'Yushi Hu',
    'Weijia Shi',
    'Nouha Dziri',
    'Alane Suhr',
    'Prithviraj Ammanabrolu',
    'Noah A. Smith',
    'Mari Ostendorf',
    'Hannaneh Hajishirzi',
  ],
  venue: 'NeurIPS 2023',
  code: 'https://github.com/allenai/FineGrainedRLHF',
  links: [{ label: 'project page', url: 'https://finegrainedrlhf.github.io' }],
  tags: ['rlhf', 'dense rewards', 'multi-objective reward', 'segment-level reward model', 'credit assignment'],
  rooms: ['reward', 'model', 'credit', 'policy'],
  summary:
    'When annotators can point at the clause that is wrong, squeezing their judgement into one score per answer throws that away. This work trains a separate reward model for each kind of error, each at its own grain: relevance per sub-sentence, factuality per sentence, completeness per answer. Every verdict is paid out, weighted, on the last token of the piece it concerns, and the stream of rewards goes into ordinary PPO. On detoxification, where the total reward is the same and only its timing differs, learning takes far fewer steps; on long-form question answering the human-judged error rate falls below that of preference-based RLHF, and the weights act as dials (a heavier relevance term gives shorter answers). It suits tasks whose faults are local and can be named. The catch: a positive reward per piece pays for more pieces, the terms pull against each other, and an optimiser that normalises the summed reward, as GRPO does, loses the benefit.',
  method: [
    {
      text: 'Reward model $k$ cuts the answer into $L_k$ pieces ending at tokens $T^k_j$ and scores each piece; a token collects the weighted scores of all pieces that end there, less the usual KL charge. One model with one piece is ordinary RLHF.',
      tex: String.raw`r_t=\sum_{k=1}^{K}\sum_{j=1}^{L_k}\mathbb 1[t=T^k_j]\,w_k\,R_{\phi_k}(x,y,j)-\beta\log\frac{P_\theta(a_t\mid s_t)}{P_{\theta_{init}}(a_t\mid s_t)}`,
    },
    {
      text: String.raw`For question answering there are three: relevance per sub-sentence and factuality per sentence (both $\pm1$, weights 0.3 and 0.5), and a standardised completeness score for the whole answer (weight 0.3). The first two are token classifiers with a separator before each piece; the third is trained on rankings of sampled answers by coverage.`,
      tex: String.raw`\mathcal L_{\phi_3}=-\log\sigma(s_w-s_l)`,
    },
    {
      text: String.raw`For detoxification, sentence $j$ earns the fall in toxicity $\tau$ that it brings about. The sum telescopes to minus the toxicity of the whole text, so that only the timing differs from the holistic reward $1-\tau(y)$.`,
      tex: String.raw`R(x,y,j)=-\big(\tau(y_{\le j})-\tau(y_{\le j-1})\big),\qquad \sum_j R(x,y,j)=-\tau(y)+\tau(\emptyset)`,
    },
    {
      text: String.raw`PPO then runs on token rewards scaled by their batch deviation, with $\gamma=1$ and generalised advantages ($\lambda=0.95$ here, 0.99 for the holistic rival).`,
    },
  ],
  pitfalls: [
    'A fixed bonus per piece rewards writing more pieces. Centre the scores (0 for fine, −1 for wrong), use rates, or keep a relevance term that pays against length.',
    'Normalising the summed reward over a group, as GRPO does, erases the density: hand per-token rewards to a learner that can use them.',
    'Whitening rewards by their batch deviation shifts the balance with the KL term, so every arm of a comparison needs its own KL coefficient and learning rate.',
    'With no discount, λ = 1 and no critic, piecewise and holistic rewards have the same expected gradient; what is left to gain is variance only.',
    'The completeness model has only seen answers of the starting policy and is the first to be gamed, usually by length.',
    'Tokenising prefixes one by one moves the boundaries; take the ends of pieces from character offsets of the full text.',
  ],
  claims: {
    'density-speeds-learning': {
      statement: 'Paying the same total reward piece by piece reaches a given quality in fewer training steps.',
      reported: 'development toxicity under the final value of the holistic run after about 100 of 600 steps',
      setting: 'detoxification on RealToxicityPrompts, GPT-2 policy, PPO',
      baseline: 'one reward at the end of the text',
      test: 'experiment',
      judged:
        'World Report, part A: area under the gold-score curve, clause-end minus sequence-end reward, above 0 (paired bootstrap over seeds, 95%); refuted if the interval lies below 0. Beside it, enumeration of a three-clause toy must give equal expected gradients to 1e-9. Part of the main verdict; a GRPO arm shows whether density matters only with a weak critic.',
    },
    'detoxifies-best': {
      statement:
        'Sentence-level reward gives the least toxic text of the methods compared, at hardly any loss of fluency.',
      reported: 'average maximum toxicity 0.081, perplexity 9.77, dist-2/3 0.949/0.932',
      setting: 'RealToxicityPrompts, GPT-2',
      baseline: 'holistic 0.130 (perplexity 11.75), GeDi 0.154 (24.78), DExperts 0.136 (22.83), GPT-2 0.192 (9.58)',
      test: 'model',
      judged:
        'Needs GPT-2 and a real toxicity scorer; our analogue of density alone is judged as density-speeds-learning.',
    },
    'fewer-wrong-facts': {
      statement: 'Answers trained on fine-grained rewards contain fewer factual errors than those of preference RLHF.',
      reported: '14.8% of sub-sentences (human judgement)',
      setting: 'QA-Feedback test set, T5-large policy',
      baseline: 'SFT 20.4%, SFT on all human answers 16.0%, preference RLHF 16.5%',
      test: 'experiment',
      judged:
        'World Report, part B: fact error rate, holistic minus fine-grained, above 0 at an equal number of annotated outputs, while completeness is not lower by more than 2 points (paired bootstrap over seeds, 95%). Refuted if the interval lies below 0. Part of the main verdict.',
    },
    'more-complete': {
      statement: 'Raters find the answers more complete, and about as often off topic as those of the rivals.',
      reported:
        'win/tie/lose 23.0/65.5/11.5 against SFT, 22.0/61.0/17.0 against SFT-Full, 19.5/71.0/9.5 against preference RLHF; relevance errors 54.1%',
      setting: 'QA-Feedback test set, human raters',
      baseline: 'SFT, SFT-Full and preference RLHF (relevance errors 54.3%, 53.7%, 55.6%)',
      test: 'model',
      judged:
        'Human ratings of real answers; our world only checks that completeness does not fall (see fewer-wrong-facts).',
    },
    'every-reward-needed': {
      statement: 'Leaving out any one of the three rewards shows at once in the quality that it guards.',
      reported:
        'Rouge 44.29 with all; 38.52 without relevance (length 179 against 102); 43.18 without factuality (fact reward 0.640 against 0.825); 43.61 without completeness (0.123 against 0.266)',
      setting: 'QA-Feedback development set',
      baseline: 'all three rewards; SFT 43.13',
      test: 'experiment',
      judged:
        'World Report, part C: dropping the fact reward must raise the fact error rate and dropping the relevance reward must raise length, both with 95% intervals above 0 over paired seeds.',
    },
    'weights-set-length': {
      statement: 'Turning up the relevance weight alone shortens the answers.',
      reported: 'qualitative',
      setting: 'QA-Feedback, relevance weight varied with the other two fixed',
      baseline: null,
      test: 'experiment',
      judged:
        'World Report, part C with relevance weight 0, 0.15, 0.3 and 0.6: length must fall as the weight grows (Spearman correlation below 0 with its 95% interval).',
    },
    'rewards-compete': {
      statement: 'During training the relevance and completeness rewards move in opposite directions.',
      reported: 'relevance rises and then falls while completeness falls and then rises',
      setting: 'training curves on QA-Feedback',
      baseline: null,
      test: 'record',
      judged: 'An observation on one set of curves; no rule was fixed for it.',
    },
    'annotation-cheaper': {
      statement: 'Marking errors in an answer takes an annotator less time than writing one.',
      reported: '6 against 15 minutes',
      setting: 'annotation of QA-Feedback',
      baseline: 'writing the answer by hand',
      test: 'record',
      judged: 'A fact about the annotation effort of the authors.',
    },
  },
});
