import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'rlzero',
  title: 'RL Zero: Zero-Shot Language to Behaviors without any Supervision',
  otherTitles: ['RLZero: Direct Policy Inference from Language Without In-Domain Supervision'],
  name: 'RLZero',
  arxiv: '2412.05718',
  date: '2024-12-07',
  authors: [
    'Harshit Sikchi',
    'Siddhant Agarwal',
    'Pranaya Jajoo',
    'Samyak Parajuli',
    'Caleb Chuck',
    'Max Rudolph',
    'Peter Stone',
    'Amy Zhang',
    'Scott Niekum',
  ],
  venue: 'NeurIPS 2025',
  code: null,
  links: [
    { label: 'project page', url: 'https://hari-sikchi.github.io/rlzero' },
    { label: 'public behaviour model (Meta Motivo)', url: 'https://github.com/facebookresearch/metamotivo' },
  ],
  tags: [
    'zero-shot rl',
    'successor measures',
    'forward-backward representation',
    'imitation from observation',
    'language-conditioned control',
    'video models',
  ],
  rooms: ['policy', 'search', 'reward', 'explore', 'assess'],
  summary: `RLZero turns a sentence into a policy without a reward, a labelled trajectory or a gradient step at test time. A text-to-video model draws what the instruction might look like; each drawn frame is swapped for the closest one in the recorded, unlabelled experience of the agent; and a behaviour model that was pre-trained without rewards imitates the resulting set of states. That last step is one average: the mean embedding of the retrieved states is the task vector, and the pre-trained policy is run on it. It is attractive when a good behaviour model and its experience bank already exist and rewards are awkward to write. What can break: the video shows the wrong thing, retrieval follows background instead of pose, the bank never contained the needed states, or the request is a sequence, because an average of embeddings forgets order. The stages fail separately and should be tested separately.`,
  method: [
    {
      text: String.raw`Before any task is known, a forward-backward model is trained on reward-free data with density $\rho$. It factorises the successor measure of a family of policies $\pi_z(s)=\arg\max_aF(s,a,z)^\top z$, so that any reward later becomes a vector $z_r=\mathbb E_\rho[r(s)B(s)]$.`,
      tex: String.raw`M^{\pi_z}(s,a,X)=\sum_{t\ge0}\gamma^t\Pr(s_{t+1}\in X\mid s,a,\pi_z)\approx\int_XF(s,a,z)^\top B(s')\,\rho(ds')`,
    },
    {
      text: `Imagined frames $i_t$ are mapped to real observations by cosine similarity of image embeddings $E$. Stacks of the last $k$ frames are compared, so that speed counts and not only pose.`,
      tex: String.raw`o_t=\arg\max_{o\in\mathcal D}\cos\big(E(i_{t-k+1:t}),E(o_{-k+1:0})\big)`,
    },
    {
      text: String.raw`The retrieved states stand for draws from an expert $\rho^E$. Taking the ratio $\rho^E/\rho$ as reward, the data density cancels and the task vector is a plain mean, rescaled to the sphere used in training.`,
      tex: String.raw`z_{imit}=\mathbb E_\rho\Big[\tfrac{\rho^E(s)}{\rho(s)}B(s)\Big]=\mathbb E_{\rho^E}[B(s)]\approx\frac1l\sum_tB(o_t),\qquad z=\sqrt d\,\frac{z_{imit}}{\|z_{imit}\|}`,
    },
    {
      text: String.raw`Maximising this reward pushes up the cross term of a $\chi^2$-type distance between occupancies. Its logarithm would correspond to a KL divergence instead, but needs a density-ratio estimate.`,
      tex: String.raw`\mathbb E_\rho\big[(\tfrac{\rho^\pi}{\rho}-\tfrac{\rho^E}{\rho})^2\big]=\mathbb E_\rho\big[(\tfrac{\rho^\pi}{\rho})^2\big]-2J(\pi,\tfrac{\rho^E}{\rho})+\text{const}`,
    },
  ],
  pitfalls: [
    'A mean that is not rescaled to the training sphere lies outside what the policy has ever been conditioned on.',
    'Averaging discards order: "stand up, then jump" becomes a blend. Use a time-varying task vector over a sliding window for sequences.',
    'Because the objective is linear in occupancies, the optimum may camp on a handful of states with high ratio. Check how much of the demonstration is covered.',
    'Retrieval likes backgrounds and camera angles. Centre the agent, use frame stacks, and never let a stack cross an episode border.',
    'A small norm of the mean before rescaling is a warning: the frames point in different directions and the request is ambiguous.',
    'Multimodal judges favour positions and styles; shuffle the order and report agreement with people or with a checker.',
  ],
  claims: {
    'no-labels-needed': {
      statement: 'Language instructions become policies without in-domain labels and without training at test time.',
      reported: 'first of its kind, according to the authors',
      setting: 'walker, cheetah, quadruped, stick-figure and humanoid bodies in simulation',
      baseline: 'rewards from image-text similarity with offline RL',
      test: 'model',
      judged: 'The full chain needs a text-to-video endpoint, an image encoder and a large behaviour model.',
    },
    'beats-similarity-reward': {
      statement: 'Imagine, project and imitate works better than optimising image-text similarity as a reward.',
      reported: 'higher judge win rate; values not confirmed (an average near 83% circulates)',
      setting: 'GPT-4o compares videos of two policies for the same prompt',
      baseline: 'similarity reward with offline RL (IQL, TD3 style)',
      test: 'experiment',
      judged:
        'Rule A1, grid and point-mass worlds with independent checkers: success of RLZero minus success of the similarity reward above 0, bootstrap over instructions and seeds (95%, 10 seeds). Refuted if it fails with a good encoder.',
    },
    'beats-genrl': {
      statement:
        'The judge also prefers RLZero to an agent that is trained by gradient steps in a generative world model.',
      reported: 'higher judge win rate; values not confirmed',
      setting: 'same bodies and prompts',
      baseline: 'GenRL',
      test: 'model',
      judged: 'Needs GenRL, the simulators and a multimodal judge.',
    },
    'projection-needed': {
      statement: "Mapping imagined frames to the agent's own observations is what closes the visual gap.",
      reported: 'qualitative: imitation breaks without it',
      setting: 'ablation',
      baseline: 'imitation without the projection step',
      test: 'experiment',
      judged:
        'Rule A2: success of RLZero minus its variant with pixel nearest neighbours above 0, with restyled imagined frames (bootstrap over instructions and seeds, 95%).',
    },
    'closed-form-imitates': {
      statement: 'An averaged embedding of expert states is enough to reproduce where the expert goes.',
      reported: 'qualitative: zero-shot imitation from projected frames',
      setting: 'forward-backward type behaviour model',
      baseline: 'per-task optimisation',
      test: 'experiment',
      judged:
        "Rule A3: with the true demonstration occupancy and exact planning, the median total-variation distance to the expert is below 0.35 and below the goal arm's (95% interval); the two occupancy identities must hold to 1e-8. Refuted if it fails: then the log form of the reward has to be tried.",
    },
    'stacks-show-direction': {
      statement: 'Matching short stacks of frames separates motions that share poses but differ in direction.',
      reported: 'qualitative: stacks are used so that speed is visible',
      setting: 'frame retrieval',
      baseline: 'single-frame retrieval',
      test: 'experiment',
      judged:
        'Rule A4: accuracy on clockwise against counter-clockwise instructions with three-frame stacks minus single frames above 0 (95% interval over instructions and seeds).',
    },
    'cross-embodiment': {
      statement: 'Videos of people and clips from the web can stand in for the imagined video.',
      reported: 'qualitative',
      setting: 'humanoid and stick figure',
      baseline: null,
      test: 'model',
      judged: 'Needs real videos, a pre-trained image encoder and the humanoid behaviour model.',
    },
    'known-limits': {
      statement: 'Results are bounded by the video model, the retrieval step and the coverage of the experience bank.',
      reported: 'qualitative',
      setting: 'discussion of limits',
      baseline: null,
      test: 'record',
      judged: 'Success against data coverage and style gap is plotted, but no rule decides it.',
    },
  },
});
