import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'vpl',
  title: 'Personalizing Reinforcement Learning from Human Feedback with Variational Preference Learning',
  name: 'VPL',
  arxiv: '2408.10075',
  date: '2024-08-19',
  authors: ['Sriyash Poddar', 'Yanming Wan', 'Hamish Ivison', 'Abhishek Gupta', 'Natasha Jaques'],
  venue: 'NeurIPS 2024',
  code: 'https://github.com/WEIRDLabUW/vpl',
  links: [
    { label: 'language code', url: 'https://github.com/WEIRDLabUW/vpl_llm' },
    { label: 'project page', url: 'https://weirdlabuw.github.io/vpl/' },
  ],
  tags: [
    'pluralistic alignment',
    'preference learning',
    'variational inference',
    'personalisation',
    'active learning',
    'latent variable',
  ],
  rooms: ['model', 'policy', 'assess', 'env'],
  summary: `When people want different things, one reward fitted to all of them settles on an average that suits nobody. VPL gives each person a latent vector: an encoder reads a few comparisons by one user and returns a Gaussian over it, and the reward model is conditioned on a sample; both are trained together as a variational autoencoder whose output is the user's labels. Comparisons only need grouping by who gave them; no profile enters. A new user answers a handful of questions and one forward pass yields their reward, with an uncertainty that can also choose the next question. Because users differ in scale, an extra step replaces rewards by win probabilities before a shared policy is trained. It fits products with disagreeing users and several labels from each. The catch: with strong decoders or hard data the latent collapses and the method becomes the average again, so active units must be watched, and a latent is a user profile.`,
  method: [
    {
      text: "The encoder maps a user's comparisons to a Gaussian over $z$, and Bradley-Terry is conditioned on a sample of it.",
      tex: String.raw`q_\psi\big(z\mid\{(s_A,s_B,y)\}\big)=\mathcal N(\mu_\psi,\mathrm{diag}\,\sigma_\psi^2),\qquad p_\phi(y=1\mid s_A,s_B,z)=\sigma\Big(\sum_tr_\phi(s_{A,t},z)-\sum_tr_\phi(s_{B,t},z)\Big)`,
    },
    {
      text: 'Training maximises the evidence lower bound per user, with a standard or learned prior and annealed weight of the KL term.',
      tex: String.raw`\mathbb E_{z\sim q_\psi}\Big[\sum_i\log p_\phi(y^i\mid s_A^i,s_B^i,z)\Big]-\beta\,\mathrm{KL}\big(q_\psi\,\|\,p(z)\big)`,
    },
    {
      text: 'VPL-SPO makes rewards comparable across users: a conditional classifier gives the probability that a state beats a random state from the data.',
      tex: String.raw`\tilde r(s,z)=\mathbb E_{s'\sim\mathcal D}\big[p_\phi(s\succ s'\mid z)\big]\in[0,1]`,
    },
    {
      text: String.raw`The next questions are those whose answers would tell most about $z$; $\bar q_Q$ is the Gaussian fitted to the mixture of posteriors over possible answers.`,
      tex: String.raw`I(Q)=H[\bar q_Q]-\frac1{|\mathcal Y|}\sum_{\mathbf y\in\mathcal Y}H\big[q_\psi(z\mid Q,\mathbf y)\big]`,
    },
  ],
  pitfalls: [
    'The latent dies quietly: accuracy falls to the average user while the loss looks fine. Report active units, lower the KL weight or anneal it in cycles.',
    'If the text to be scored reveals who labelled it, the decoder needs no latent. Look for such leaks.',
    'Released language code normalises the latent in training but not at evaluation. Do the same in both.',
    'The concatenating encoder depends on the order and the exact number of comparisons; prefer a set encoder.',
    'Summing or averaging the KL over dimensions and batch changes its weight by orders of magnitude; published weights do not carry over.',
    'Random questions may not identify a user at all; the authors filter survey questions in the harder language set.',
  ],
  cautions: [
    {
      kind: 'disputed',
      text: 'A later replication (SPL, arXiv 2603.12595) reports posterior collapse on the harder language data: 57.14% accuracy with no active units for an 8B model on UF-P-4 (SPL: 63.71% with 97.10% active), though 62.37% with 88.22% active units for a 3B model and no collapse on Pets.',
    },
  ],
  claims: {
    'fits-divergent-users': {
      statement:
        'Where users disagree, the latent-conditioned reward is right for each of them while a shared one averages.',
      reported: 'qualitative here; table values not verified',
      setting: 'Pets, all pairs and controversial pairs only',
      baseline: 'Bradley-Terry and distributional preference learning (DPL)',
      test: 'experiment',
      judged:
        'Rule (a), Pets world: controversial accuracy of VPL minus the best baseline above 0 with agreed accuracy within 1 point (paired bootstrap over 10 seeds, 95%). Refuted if the interval lies at or below 0.',
    },
    'minority-not-outvoted': {
      statement: 'A small group keeps a reward of its own and is not overruled by the majority.',
      reported: 'qualitative',
      setting: 'motivation and divergent-user experiments',
      baseline: 'Bradley-Terry',
      test: 'experiment',
      judged:
        'Rule (b): with a minority of 10%, its controversial accuracy has a lower bound above 0.5 under VPL and an upper bound below 0.5 under Bradley-Terry (bootstrap over seeds, 95%).',
    },
    'policies-serve-each-user': {
      statement: "A policy that plans on the inferred reward carries out each user's own task.",
      reported: 'qualitative: averaged rewards underspecify the task',
      setting: 'simulated control, two-goal maze and others',
      baseline: 'Bradley-Terry and DPL rewards',
      test: 'experiment',
      judged:
        'Rule (c), two-goal maze: success averaged over the two user types, VPL minus the best baseline, above 0 (paired bootstrap over seeds, 95%). With rule (a) the main verdict; refuted if at or below 0.',
    },
    'win-probabilities-fix-scale': {
      statement: 'If users differ in the range of their rewards, a shared policy needs the rescaled rewards.',
      reported: 'qualitative',
      setting: 'simulated control',
      baseline: 'VPL without rescaling',
      test: 'experiment',
      judged:
        'Rule (d): success for the smaller-scale user type, VPL-SPO minus VPL, above 0 (paired bootstrap over seeds, 95%).',
    },
    'active-questions-save-answers': {
      statement: 'Choosing questions by information gain identifies a user with fewer answers.',
      reported: 'qualitative; size not verified',
      setting: 'maze',
      baseline: 'random questions',
      test: 'experiment',
      judged:
        'Rule (e): questions needed to identify the type at 95%, random minus active, above 0 (paired bootstrap over seeds, 95%).',
    },
    'language-data-too': {
      statement: 'The gain in accuracy holds on larger language preference sets.',
      reported: 'qualitative here; table values not verified',
      setting: 'UF-P-2 and UF-P-4, GPT-2 and Llama-2-7B',
      baseline: 'Bradley-Terry and DPL',
      test: 'model',
      judged: 'Needs the language data and backbones; see also the caution.',
    },
    'posterior-shows-uncertainty': {
      statement: 'The width of the posterior tells how well a user is known.',
      reported: 'qualitative',
      setting: 'language and control',
      baseline: null,
      test: 'record',
      judged: 'Active units and posterior widths are reported without a rule.',
    },
  },
});
