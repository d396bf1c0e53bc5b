import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'perceptual-rewards',
  title: 'Unsupervised Perceptual Rewards for Imitation Learning',
  name: 'Perceptual rewards',
  arxiv: '1612.06699',
  date: '2016-12-20',
  authors: ['Pierre Sermanet', 'Kelvin Xu', 'Sergey Levine'],
  venue: 'RSS 2017',
  code: null,
  links: [
    { label: 'project page', url: 'https://sermanet.github.io/rewards' },
    { label: 'pouring data', url: 'https://sites.google.com/site/brainrobotdata/home/pouring-dataset' },
  ],
  tags: [
    'reward from video',
    'sub-goal discovery',
    'temporal segmentation',
    'feature selection',
    'learning from demonstration',
    'path-integral policy improvement',
  ],
  rooms: ['model', 'reward', 'policy', 'env', 'assess'],
  summary: `Robots are usually rewarded through instruments: a sensor in the handle, a scale under the glass. This
paper shows a cheaper way, with a dozen short clips of the task and a vision network that is never trained further.
Each clip is cut where the features change most; for each resulting stage a few dozen features that set it apart are
kept; and the reward of a frame is how well it fits a simple Gaussian over those features. Later stages weigh more, so
that the sum climbs as the task advances. The statistical model is deliberately poor, since a rich one could not be
fitted to twelve videos, and the frozen features do the heavy lifting. Clips of a human hand were sufficient for a
real arm to learn to open a door. Consider it when the camera stands still, the stages always come in one order and
the recordings vary in everything irrelevant. The number of stages is set by hand, stages are scored independently of
one another, and no implementation was released.`,
  method: [
    {
      text: 'Cut each video on its own: among all ways to split it into $n$ consecutive pieces, take the one with the smallest mean feature deviation inside the pieces. With $n$ fixed, dynamic programming finds it exactly.',
      tex: String.raw`\min_{0=s_0<\dots<s_n=T}\ \frac1n\sum_{j=1}^{n}c(s_{j-1},s_j),\qquad c(a,b)=\frac1D\sum_i\mathrm{std}_i(a,b)`,
    },
    {
      text: String.raw`Score every standardised feature by how well it separates the frames of one stage from all others ($\alpha=5$), and keep the best $M=32$.`,
      tex: String.raw`z_i=\alpha\,|\mu_i^{+}-\mu_i^{-}|-(\sigma_i^{+}+\sigma_i^{-})`,
    },
    {
      text: String.raw`The reward of a stage is an independent-Gaussian log-density. The printed formula lacks the minus sign and divides by $\sigma$ where $\sigma^2$ is meant; we use the meaning, with a variance floor.`,
      tex: String.raw`R_g(a)=-\frac1{2M}\sum_{i=1}^{M}\frac{(a_i-\mu_i^{+})^2}{(\sigma_i^{+})^2+\epsilon}`,
    },
    {
      text: 'Stage rewards, rescaled to the unit interval, are added with doubling weights from the second stage on; the first one pays nothing.',
      tex: String.raw`R(a)=\sum_{i=2}^{n}2^{\,i-1}\,\tilde R_i(a)`,
    },
    {
      text: 'The controller is improved by path integrals (PI²): ten rollouts per iteration, reweighted at every time step by their exponentiated cost-to-go $S_{i,t}$.',
      tex: String.raw`P_{i,t}=\frac{\exp(-S_{i,t}/\eta_t)}{\sum_m\exp(-S_{m,t}/\eta_t)}`,
    },
  ],
  pitfalls: [
    'Taken literally, the printed stage reward grows with distance from the stage.',
    'With a dozen videos some features hardly vary and then dominate; drop dead features and floor the variance.',
    'Very short, very constant pieces look like perfect stages; a minimum stage length is essential.',
    'Stages are scored independently, so the look of the last stage can be paid without the earlier ones; gate each by its predecessor if that matters.',
    'The sum of stage rewards is not potential-based: hovering at a good frame is paid at every step.',
    'Demonstrations whose stages are evenly timed make plain ordered cuts a strong baseline; compare with uniform cuts before crediting the segmentation.',
  ],
  cautions: [
    {
      kind: 'corrected',
      text: 'The RSS 2017 version revised some tables. Figures quoted here come from the ICLR 2017 submission, and which tables changed is not known to us.',
    },
  ],
  claims: {
    'finds-the-stages': {
      statement: 'Cutting where features change recovers human-marked stages better than ordered random cuts.',
      reported: 'Jaccard, 2 / 3 stages: door 76.1 / 66.9 against 52.5 / 55.4; pouring 91.6 / 58.8 against 65.9 / 52.9',
      setting: 'about 12 videos per task, Inception features',
      baseline: 'ordered random cuts',
      test: 'experiment',
      judged:
        'Rule (i): discovery Jaccard minus ordered-random above zero for 2 and 3 stages, and minus uniform cuts above zero for 2 stages; paired bootstrap 95% over 12 seeds (3 in quick). Refuted if uniform cuts match.',
    },
    'stage-rewards-generalise': {
      statement: 'On new videos the learned stage rewards mark the right frames about twice as well as chance.',
      reported:
        'Jaccard on test, 2 / 3 stages: door 72.4 / 52.9 against 32.4 / 26.6; pouring 65.4 / 40.0 against 33.0 / 25.2',
      setting: 'held-out videos, reward thresholded at 0.5',
      baseline: 'random reward',
      test: 'experiment',
      judged:
        'Rule (ii): Jaccard of the thresholded reward on test videos minus that of a random reward above zero; paired bootstrap over seeds, 95%.',
    },
    'as-good-as-a-sensor': {
      statement:
        'A controller trained on the learned reward does as well as one trained on a sensor in the door handle.',
      reported:
        '100% success within 11 iterations of 10 rollouts, starting from about 10%; as fast as the sensor or faster',
      setting: 'real robot arm, door opening, PI²',
      baseline: 'reward from the handle sensor',
      test: 'experiment',
      judged:
        'Rule (iii) in the 2-D door world: final success with the reward from human videos is at most 10 points below the sensor reward and at least 30 points above the initial success. Refuted if it does not rise above the initial policy.',
    },
    'transfers-to-new-looks': {
      statement: 'A reward learned only from human hands carries over to a robot arm and to doors that look different.',
      reported: 'qualitative',
      setting: 'human demonstrations; robot execution; other door colours and orientations',
      baseline: 'distance to a target image',
      test: 'experiment',
      judged:
        'Rule (iv): on a door appearance absent from the demonstrations, success with the reward from human videos beats target-image distance in pixels; paired bootstrap 95%. Refuted if the target image does as well.',
    },
    'failures-do-not-saturate': {
      statement: 'Partial or failed executions receive the intermediate reward they deserve and no more.',
      reported: 'qualitative (reward curves)',
      setting: 'door and pouring videos',
      baseline: null,
      test: 'model',
      judged:
        'Real videos are needed for the claim as made; the AUROC of success against failure in our door world is reported without a gate.',
    },
    'two-stages-are-easier': {
      statement: 'Two stages are recovered better than three, since each task has one strong visual change.',
      reported: 'door 76.1 against 66.9; pouring 91.6 against 58.8',
      setting: 'stage discovery',
      baseline: 'three stages',
      test: 'record',
      judged: 'Specific to the two tasks filmed; kept for the record.',
    },
  },
});
