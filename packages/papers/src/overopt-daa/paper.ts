import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'overopt-daa',
  title: 'Scaling Laws for Reward Model Overoptimization in Direct Alignment Algorithms',
  name: 'Over-optimisation in DAAs',
  arxiv: '2406.02900',
  date: '2024-06-05',
  authors: [
    'Rafael Rafailov',
    'Yaswanth Chittepu',
    'Ryan Park',
    'Harshit Sikchi',
    'Joey Hejna',
    'W. Bradley Knox',
    'Chelsea Finn',
    'Scott Niekum',
  ],
  venue: 'NeurIPS 2024',
  code: null,
  tags: ['reward over-optimisation', 'direct preference optimisation', 'ipo', 'slic', 'kl budget', 'goodhart'],
  rooms: ['policy', 'assess', 'env'],
  summary: `DPO and its relatives never fit a reward model, so it is tempting to believe that there is nothing to
hack. This study trains DPO, IPO and SLiC on Reddit summaries over many values of β and three model sizes and finds
the familiar hump anyway: judged quality climbs while the policy leaves its reference, then sinks while it keeps
leaving. With a loose KL budget the best checkpoint can come a quarter of the way through a single epoch. Nothing you
normally log gives the fall away: the loss keeps improving, and ranking accuracy on preference pairs says little. The
explanation offered is one of missing constraints: a few comparisons pin down a few differences of log-ratios, and
whole families of policies, some of which favour text that nobody rated, satisfy them equally. Read it before you run
any offline preference method. The remedy is dull but cheap: sample often, measure KL on those samples, judge them,
and stop at the peak. Fitted coefficients appear only in figures, so the law is a shape rather than a planning tool.`,
  method: [
    {
      text: String.raw`All three objectives are one loss in the margin $z=\beta(h_w-h_l)$, where $h=\log\pi_\theta-\log\pi_{\mathrm{ref}}$ is summed over the tokens of the chosen and the rejected response; only the outer function changes.`,
      tex: String.raw`\mathcal L(\theta)=\mathbb E_{\mathcal D}\big[g(z)\big],\qquad g_{\text{DPO}}=-\log\sigma(z),\quad g_{\text{IPO}}=(z-1)^2,\quad g_{\text{SLiC}}=\max(0,1-z)`,
    },
    {
      text: String.raw`Quality is plotted against $d=\sqrt{D_{\mathrm{KL}}}$ and fitted with the form known from RLHF with a learned reward model; its peak lies at $d^\star=e^{\alpha/\beta-1}$.`,
      tex: String.raw`R(d)=d\,(\alpha-\beta\log d),\qquad d=\sqrt{D_{\mathrm{KL}}(\pi_\theta\,\|\,\pi_{\mathrm{ref}})}`,
    },
    {
      text: 'Why it happens: stack one row $e_{y_w}-e_{y_l}$ per comparison into $X$. The loss sees $h$ only through $Xh$, so everything outside the row space, including the mass on unseen responses, is left free.',
      tex: String.raw`\operatorname{rank}(X)\le\min(n,\,|Y|-1)\ll|Y|`,
    },
    {
      text: 'A length-controlled variant subtracts the length gap from the margin before the outer function, so that pure verbosity no longer counts as progress.',
      tex: String.raw`z_{\text{len}}=\beta\,(h_w-h_l)-\alpha\,(|y_w|-|y_l|)`,
    },
    {
      text: 'A tree-shaped MDP with a policy that shares parameters between prefixes makes the leak visible: one can count exactly how much probability lands on trajectories that no comparison mentions.',
    },
  ],
  pitfalls: [
    'Log-probabilities must be summed over the response, not averaged; an average silently rescales β by the length.',
    'Estimate KL on samples of the current policy. The mean log-ratio over the preference data is another quantity and is often negative.',
    'Picking the best of several noisy checkpoints creates a drop out of nothing; select on one half of the prompts and measure on the other.',
    'A different β is also a different effective step size, and adaptive optimisers hide it; compare runs at equal KL rather than equal steps.',
    'The win rate at zero KL is not zero, so fit the law to the gain over the reference, and do not extend it below the smallest distance measured.',
    'A falling likelihood of the chosen responses is expected when the reference was itself fitted to them; it is no bug by itself.',
  ],
  claims: {
    'hump-in-kl': {
      statement:
        'For DPO, IPO and SLiC alike, judged quality rises and then falls while the distance from the reference grows.',
      reported: 'hump-shaped win rate against KL (Figs 1–2)',
      setting: 'Reddit TL;DR, Pythia 1B / 2.8B / 6.9B, seven values of β, GPT-4 judge',
      baseline: 'monotone improvement with KL',
      test: 'experiment',
      judged:
        'For each objective some β has win rate at the peak minus at the end above zero (peak selected on half of the prompts, measured on the other half) together with KL(end) > KL(peak); 95% paired bootstrap over 6 seeds (quick) or 3 (full). Refuted if no β shows the drop under split selection, or it appears only where KL falls too.',
    },
    'loss-is-blind': {
      statement: 'Neither training loss nor implicit-reward accuracy tells which checkpoint produces the better text.',
      reported: 'no relation within a model size (scatter plot)',
      setting: 'final checkpoints over β, objective and size',
      baseline: null,
      test: 'experiment',
      judged:
        'Small-scale analogue within a run: the training loss at the end is below the loss at the peak checkpoint, so the loss does not see the fall; 95% paired bootstrap over seeds.',
    },
    'mass-on-unseen': {
      statement:
        'Preference training moves probability onto trajectories that occur in no comparison, and takes some of it from the chosen ones.',
      reported: 'out-of-data mass up, in-data mass down',
      setting: 'tree MDP with a policy that shares parameters over prefixes',
      baseline: null,
      test: 'experiment',
      judged:
        'Exact tree, 20 seeds: unseen mass at the end minus start is above zero for DPO with shared parameters at β = 0.03, and at most zero for a tabular policy; 95% paired bootstrap.',
    },
    'best-checkpoint-early': {
      statement:
        'With wide KL budgets the best checkpoint comes early in the first epoch, and KL goes on rising afterwards.',
      reported: 'about 25% of one epoch',
      setting: 'all model sizes, small β',
      baseline: 'end of the epoch',
      test: 'model',
      judged:
        'The position of the peak depends on real summarisation data, step size and model scale; a toy cannot place it.',
    },
    'square-root-law': {
      statement:
        'The RLHF law in the square root of KL describes the win-rate curves of direct methods better than a quadratic does.',
      reported: 'RMSE about half of that of a quadratic fit',
      setting: 'pooled curves',
      baseline: 'quadratic in KL',
      test: 'record',
      judged:
        'Fits are shown next to the curves without a verdict; in a calibration toy the two forms were level (RMSE 0.046 against 0.045).',
    },
    'larger-is-safer': {
      statement: 'Larger models over-optimise less; the smallest one degrades almost from the start.',
      reported: 'qualitative',
      setting: 'Pythia 1B against 2.8B and 6.9B',
      baseline: null,
      test: 'model',
      judged: 'Needs language models of truly different scale; the ordering of toy sizes is reported and not judged.',
    },
    'ipo-is-conservative': {
      statement: 'At equal β, IPO stays closer to the reference and degrades less than DPO or SLiC.',
      reported: 'qualitative: lower KL, smaller drop',
      setting: 'Reddit TL;DR, all sizes',
      baseline: 'DPO and SLiC',
      test: 'record',
      judged: 'The ordering of objectives is printed with the curves and does not enter the verdict.',
    },
    'length-is-not-the-cause': {
      statement: 'Controlling for length shifts the frontier but leaves the fall in place.',
      reported: 'qualitative',
      setting: 'Pythia 2.8B with length-regularised DPO',
      baseline: 'plain DPO',
      test: 'model',
      judged: 'Turns on the verbosity bias of a real preference set and a real judge.',
    },
    'small-models-lean-on-length': {
      statement: 'Smaller models and tighter KL budgets explain more of their implicit reward by response length.',
      reported: 'higher R² of the length regression (value in a figure)',
      setting: 'held-out responses over sizes and β',
      baseline: 'Pythia 6.9B',
      test: 'model',
      judged: 'A property of real summaries and pretrained models.',
    },
  },
});
