import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'fk-steering',
  title: 'A General Framework for Inference-time Scaling and Steering of Diffusion Models',
  name: 'FK steering',
  arxiv: '2501.06848',
  date: '2025-01-12',
  authors: [
    'Raghav Singhal',
    'Zachary Horvitz',
    'Ryan Teehan',
    'Mengye Ren',
    'Zhou Yu',
    'Kathleen McKeown',
    'Rajesh Ranganath',
  ],
  venue: 'ICML 2025',
  code: 'https://github.com/zacharyhorvitz/Fk-Diffusion-Steering',
  tags: [
    'inference-time scaling',
    'sequential monte carlo',
    'diffusion',
    'black-box reward',
    'particle filtering',
    'best-of-n',
  ],
  rooms: ['search', 'nn', 'reward', 'assess'],
  summary: String.raw`A reward that can only score finished samples still tells you something halfway, if you guess what the half-made sample will become. Feynman-Kac steering runs a handful of denoising chains together, scores such guesses at a few checkpoints, copies the chains that look good and drops the rest. The scores enter as potentials whose product is the tilt $e^{\lambda r}$, so that with enough particles the output follows the base model reweighted by the reward, without touching weights or needing reward gradients. Older particle samplers come out as particular choices of potential. You would reach for it when fine-tuning is out of reach or the reward is a black box: few particles beat picking the best of as many independent samples, for images and for masked text diffusion, and the same loop works on any sequential generator. The price is extra reward calls and less variety, and no amount of selection can produce what the base model never proposes.`,
  method: [
    {
      text: String.raw`The aim is the base sampler tilted by the reward $r$ with strength $\lambda$, reached without training.`,
      tex: String.raw`p_{\rm tgt}(x_0)=\frac1Z\,p_\theta(x_0)\,e^{\lambda r(x_0)}`,
    },
    {
      text: "Each checkpoint on the way from noise to sample multiplies a particle's weight by a potential. Any family is allowed whose product along the path is the tilt; steps outside the schedule have $G_t=1$.",
      tex: String.raw`\prod_{t=T}^{0}G_t(x_{T:t})=e^{\lambda r(x_0)}`,
    },
    {
      text: "The difference potential pays for progress since the last checkpoint $t'$ and telescopes. The max and sum forms use the best or the accumulated score so far and repair the product at the last step; they tilt earlier and harder.",
      tex: String.raw`\log G_t^{\rm diff}=\lambda\big(r_\phi(x_t)-r_\phi(x_{t'})\big),\qquad \log G_t^{\max}=\lambda\max_{s\ge t}r_\phi(x_s)`,
    },
    {
      text: String.raw`The intermediate score $r_\phi$ is the reward of the denoised mean, an average over sampled completions, or a regressor trained on the model's own samples.`,
      tex: String.raw`r_\phi(x_t)=\log\frac1N\sum_{j=1}^{N}e^{r(x_0^{(j)})},\qquad x_0^{(j)}\sim p_\theta(x_0\mid x_t)`,
    },
    {
      text: 'At a checkpoint the particles are resampled in proportion to their carried weights $W^i$, always or only when the effective sample size is under half of $k$. The sampler must be stochastic, or copies stay copies.',
      tex: String.raw`w^i=\frac{W^i}{\sum_j W^j},\qquad \mathrm{ESS}=\frac{1}{\sum_i (w^i)^2}`,
    },
  ],
  pitfalls: [
    'With adaptive resampling the weights must be carried over steps that did not resample. The released class recomputes them from the current potential alone.',
    'A floor of 0 for the running maximum switches steering off silently when rewards are negative, as log-probabilities are. Start from the first observed minimum.',
    'Steering selects and never creates: with an event absent from 128 unweighted draws, an independent study of image composition saw no effect at 4 or 16 particles. Check the base rate first.',
    'Returning the best particle selects on the reward itself; judge the result with a scorer that took no part.',
    'The released pipelines score the state before a transition and apply the weight to its child, so the noise of the last step goes unscored.',
    'Clamped linear weights tie at large λ. Work with log-weights, and prefer systematic resampling, which leaves equal weights alone.',
  ],
  cautions: [
    {
      kind: 'corrected',
      text: 'The toxicity result with 8 particles is 64.7% in an earlier version and 69.7% later, and the many-sample score was once averaged in log space before it became a log-mean-exp; older numbers differ.',
    },
  ],
  claims: {
    'beats-best-of-n': {
      statement:
        'With the same number of particles, resampling on the way beats taking the best of independent samples.',
      reported: 'qualitative (scaling plots)',
      setting: 'text-to-image and masked text diffusion, 2 to 8 particles',
      baseline: 'best-of-n at equal n',
      test: 'experiment',
      judged:
        'Exact two-dimensional mixture, quadratic reward at λ = 10, 8 particles: share of runs whose best sample lies in a corner mode of weight at most 2%, difference potential minus best of 8, and minus best of n given the same total calls; both 95% intervals over seeds above 0, and with that mode removed both shares exactly 0. Each part is refuted by an interval below 0.',
    },
    'approaches-target': {
      statement:
        'The resampled particles come closer to the reward-tilted distribution than plain importance sampling.',
      reported: 'consistency proved for well-chosen potentials',
      setting: 'any diffusion model and reward, number of particles growing',
      baseline: 'importance sampling with one resample at the end',
      test: 'experiment',
      judged:
        'Exact two-dimensional mixture, quadratic reward at λ = 2, 16 particles: squared MMD to exact target samples, importance sampling minus difference potential, 95% interval over seeds above 0; refuted if below.',
    },
    'costs-diversity': {
      statement: 'Stronger tilt and more frequent resampling buy reward with variety.',
      reported: 'qualitative (ablations); the max potential scores higher than the difference form',
      setting: 'ablations over strength, schedule and potential',
      baseline: 'weaker tilt, sparser schedule',
      test: 'experiment',
      judged:
        'Exact two-dimensional mixture, quadratic reward, difference potential, 8 particles: fewer distinct modes among the particles and a higher mean reward at λ = 10 than at λ = 1, and likewise with a look every 10 transitions instead of every 50 (λ = 2); all four 95% intervals over seeds on that side.',
    },
    'midway-scores-inform': {
      statement: 'The guessed reward halfway through denoising already ranks the finished samples.',
      reported: 'qualitative (correlation shown)',
      setting: 'text-to-image, middle of the trajectory',
      baseline: null,
      test: 'experiment',
      judged:
        'Exact two-dimensional mixture, unsteered trajectories: mean Spearman correlation between the score at half of the trajectory and the final reward, 95% interval over seeds above 0.3, for the quadratic and the checkerboard reward alike.',
    },
    'rare-attribute': {
      statement: 'Steering turns an attribute that the base model hardly ever shows into the common case.',
      reported:
        'toxicity 0.3% → 69.7% with 8 particles (64.7% in an earlier version), no systematic rise of perplexity',
      setting: 'MDLM text diffusion, toxicity reward',
      baseline: 'gradient guidance and best-of-n',
      test: 'model',
      judged: 'The figure belongs to a released text diffusion model; our analogue is judged as beats-best-of-n.',
    },
    'small-beats-large': {
      statement:
        'A small steered image model follows prompts better than a much larger fine-tuned one, and samples faster.',
      reported: 'GenEval; 0.8B with 4 particles ahead of 2.6B (tables not available to us)',
      setting: 'Stable Diffusion 2.1 with steering',
      baseline: 'SDXL fine-tuned with DPO',
      test: 'model',
      judged: 'Needs the image models and their benchmark.',
    },
    'beats-and-adds-to-fine-tuning': {
      statement:
        'Two particles already beat fine-tuned models on human-preference reward, and steering adds on top of fine-tuning.',
      reported: 'qualitative',
      setting: 'text-to-image, 2 particles; DPO and DDPO models',
      baseline: 'fine-tuned models without steering',
      test: 'model',
      judged: 'Needs the image models and preference scorers.',
    },
    'better-text': {
      statement: 'Steering towards fluency rewards gives text that other scorers also find more acceptable.',
      reported: 'lower perplexity and more CoLA-acceptable outputs',
      setting: 'MDLM with GPT-2 perplexity or CoLA reward',
      baseline: 'the base text diffusion model',
      test: 'model',
      judged: 'Needs the released text diffusion model and its scorers.',
    },
  },
});
