import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'drakes',
  title: 'Fine-Tuning Discrete Diffusion Models via Reward Optimization with Applications to DNA and Protein Design',
  name: 'DRAKES',
  arxiv: '2410.13643',
  date: '2024-10-17',
  authors: [
    'Chenyu Wang',
    'Masatoshi Uehara',
    'Yichun He',
    'Amy Wang',
    'Tommaso Biancalani',
    'Avantika Lal',
    'Tommi Jaakkola',
    'Sergey Levine',
    'Hanchen Wang',
    'Aviv Regev',
  ],
  venue: 'ICLR 2025',
  code: 'https://github.com/ChenyuWang-Monica/DRAKES',
  tags: [
    'discrete diffusion',
    'kl-regularised rl',
    'reward backpropagation',
    'gumbel-softmax',
    'sequence design',
    'over-optimisation',
  ],
  rooms: ['policy', 'nn', 'search', 'assess'],
  summary: `Suppose you own a masked diffusion model that writes plausible DNA or protein and a network that scores it. DRAKES
shifts the first towards high scores by ordinary back-propagation: the last stretch of denoising draws soft Gumbel
samples, so the gradient of the score travels through the sampler into the weights, and a KL penalty along the path ties
the model to its former self. What it aims for is known in closed form, the old distribution reweighted by the
exponentiated reward, which makes the method testable to the digit on small worlds. It takes a few hundred updates and
no critic. Use it when weights are yours and the scorer is differentiable; black-box scorers need policy gradients or
steering at inference. The catch: without the KL term the samples please the scorer and nothing else, the relaxation is
biased, memory grows with the number of relaxed steps, and the released KL weighting is not the one in the theory, so
penalty strengths do not carry over. Later methods report higher scores under the same protocol.`,
  method: [
    {
      text: 'The base is a masked denoiser. Going from time $t$ to $s$, a masked site either takes a predicted token or stays masked; revealed sites are copied.',
      tex: String.raw`q(x_s^\ell=y)=\tfrac{t-s}{t}\,p_\theta(y\mid x_t),\quad y\ne m;\qquad q(x_s^\ell=m)=\tfrac st`,
    },
    {
      text: 'Reward is maximised against a path KL, which for this sampler is a plain sum of categorical KLs over the masked sites.',
      tex: String.raw`J(\theta)=\mathbb E\big[r(x_0)\big]-\alpha\,\mathbb E\Big[\sum_{i<T}\frac{\Delta}{t_i}\sum_{\ell:\,x_{t_i}^\ell=m}\mathrm{KL}\big(p_\theta^\ell\,\|\,p_{\mathrm{pre}}^\ell\big)\Big]`,
    },
    {
      text: 'Its optimum is the base distribution tilted by the reward, whatever the horizon; we use this as a test.',
      tex: String.raw`p^{\star}(x_0)\propto p_{\mathrm{pre}}(x_0)\,e^{r(x_0)/\alpha}`,
    },
    {
      text: 'In the last $T_g$ steps the draw is relaxed and mixed with the carried state by its mask mass; the final sequence enters the scorer as a straight-through one-hot.',
      tex: String.raw`\tilde x_s^\ell=\operatorname{softmax}\!\big((\log q^\ell+G)/\tau\big),\qquad x_s^\ell=(1-x_t^{\ell,m})\,x_t^\ell+x_t^{\ell,m}\,\tilde x_s^\ell`,
    },
  ],
  pitfalls: [
    'The released code weights the KL by revealed instead of masked mass, and sums steps without their length. Never carry a penalty strength over from code to theory.',
    'Low Gumbel temperatures lower the bias and raise the variance; on an enumerable world the bias can be measured.',
    'Without the straight-through step the optimiser exploits fractional tokens that the scorer never saw.',
    'Minus infinity minus minus infinity at revealed sites gives NaN in the KL: mask first, and clamp the uniform draws.',
    'Released particle baselines resample across the batch, so their samples share ancestors and the error bars mislead.',
    'The oracle used to evaluate proteins was itself fitted on all splits, which ties it to the one trained against.',
  ],
  cautions: [
    {
      kind: 'not reproduced',
      text: 'One reproduction attempt got weaker DNA results from the default settings and the last checkpoint. Which checkpoint the paper reports is unknown, so look at whole curves.',
    },
  ],
  claims: {
    'reaches-tilted-optimum': {
      statement:
        'The regularised objective is solved by the base distribution reweighted by exponentiated reward, and fine-tuning moves towards it.',
      reported: 'theorem; no figure',
      setting: 'any time horizon, exact rates',
      baseline: 'pretrained distribution',
      test: 'experiment',
      judged:
        'Part (i), enumerable world (4,096 sequences), α = 0.2, 8 seeds: total variation to the optimum relative to that of the base model has an upper 95% bound below 0.6. Refuted if it fails for every temperature and truncation tried.',
    },
    'beats-particles': {
      statement: 'Fine-tuning gives higher held-out scores than resampling particles at inference.',
      reported:
        'median activity 5.61 (sd 0.07); SMC 4.72 and TDS 4.47 in the released notebook (one seed, not table values)',
      setting: 'DNA enhancers, HepG2, 640 samples, 3 seeds',
      baseline: 'pretrained 0.17, classifier guidance 3.30, classifier-free guidance 5.04',
      test: 'experiment',
      judged:
        'Part (ii), enhancer-like world: DRAKES minus the better of SMC and TDS (16 particles per sample) in held-out oracle score has a lower 95% bound above 0. Refuted if particles reach the same held-out reward.',
    },
    'kl-keeps-natural': {
      statement: 'With the KL term samples stay statistically close to natural sequences.',
      reported: '3-mer correlation 0.887, motif correlation 0.911, log-likelihood −264 (base −261)',
      setting: 'DNA enhancers',
      baseline: 'without KL: 0.307, 0.557, −281',
      test: 'experiment',
      judged:
        'Part (iii): with minus without KL has a lower 95% bound above 0 for the log-likelihood under the base model and for the 3-mer correlation. Refuted if KL buys no naturalness at matched gold reward.',
    },
    'no-kl-overoptimises': {
      statement: 'Without the KL term the training score rises further while independent evidence for it fades.',
      reported: 'activity 6.44 but ATAC accuracy 82.5%',
      setting: 'DNA enhancers, α = 0',
      baseline: 'with KL: 5.61 and 92.5%',
      test: 'experiment',
      judged:
        'Part (iv): training-oracle score minus gold score is larger without KL (lower 95% bound of the difference above 0).',
    },
    'independent-classifier': {
      statement: 'A separate accessibility classifier agrees that the optimised sequences are active.',
      reported: 'ATAC accuracy 92.5%',
      setting: 'DNA enhancers, HepG2',
      baseline: 'classifier-free guidance 92.1%, pretrained 1.5%, classifier guidance 0%',
      test: 'model',
      judged: 'Needs the real enhancer data and classifier; our second oracle plays this part in (ii) and (iv).',
    },
    'protein-stability': {
      statement: 'Fine-tuned inverse folding yields more stable proteins that still fold back to their backbone.',
      reported: 'median ddG 1.095, 86.4% above 0, median scRMSD 0.918, success 78.6%',
      setting: 'Megascale test backbones',
      baseline: 'base model: ddG −0.544, success 34.4%',
      test: 'model',
      judged: 'Needs the Megascale oracles and structure prediction.',
    },
    'surpassed-later': {
      statement: 'Later methods on the same protocol report higher activity or cheaper steps.',
      reported: 'step-wise posterior alignment 6.30 at 0.77 s a step against 6.02 s; diffu-GRPO 5.86 but ATAC 33%',
      setting: 'figures of other papers',
      baseline: 'DRAKES',
      test: 'record',
      judged: 'Reported by others, kept for orientation.',
    },
  },
});
