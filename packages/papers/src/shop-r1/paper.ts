import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'shop-r1',
  title: 'Shop-R1: Rewarding LLMs to Simulate Human Behavior in Online Shopping via Reinforcement Learning',
  name: 'Shop-R1',
  arxiv: '2507.17842',
  date: '2025-07-23',
  authors: [
    'Yimeng Zhang',
    'Tian Wang',
    'Jiri Gesi',
    'Ziyi Wang',
    'Yuxuan Lu',
    'Jiacheng Lin',
    'Sinong Zhan',
    'Vianne Gao',
    'Ruochen Jiao',
    'Junze Liu',
    'Kun Qian',
    'Yuxin Tang',
    'Ran Xue',
    'Houyu Zhang',
    'Qingjun Cui',
    'Yufan Guo',
    'Dakuo Wang',
  ],
  venue: 'ICLR 2026',
  code: null,
  links: [{ label: 'project page and data', url: 'https://damon-demon.github.io/shop-r1.html' }],
  tags: [
    'user simulation',
    'hierarchical reward',
    'difficulty-aware scaling',
    'self-certainty',
    'reward hacking',
    'grpo',
  ],
  rooms: ['reward', 'judge', 'policy', 'assess'],
  summary: `Shop-R1 trains a language model to predict the next thing a shopper will do. One label per step counts as right, the hard part is long text (which button, which query), and the easy way to collect reward is to predict that the customer leaves. The reward therefore climbs a ladder: valid JSON, right kind of action, right fields, and finally the wording of the field, multiplied by a large factor so that easy actions cannot compete. The free-text rationale has no label and is paid by the model's own certainty. Training starts from supervised traces and continues with GRPO. Borrow the ladder for any typed action, such as GUI agents or tool calls, whose parts differ widely in difficulty. The catch: after group normalisation a factor of 1,000 acts as a priority order and not as a weight; by the authors' own ablation it evens out the mix of predicted actions and leaves exact accuracy where it was; the certainty term as printed is numerically invisible.`,
  method: [
    {
      text: 'Output that does not parse earns nothing; parsing earns 0.5 and the right action type 0.3. Clicks and queries add small bonuses for filled fields and a large one for the text of the hard field. A terminate action thus tops out at 0.8.',
      tex: String.raw`v=0.5+0.3\,\mathbb 1[\text{type}]+0.2\,\mathbb 1[\text{name given}]+D\,\phi\big(\mathrm{ROUGE\text{-}L}(\text{name})\big)\quad\text{(click)}`,
    },
    {
      text: String.raw`Similarity counts only above 0.75, $\phi(x)=x\,\mathbb 1[x>0.75]$, and the difficulty factor is $D=1000$. ROUGE-L is the F score of the longest common subsequence of words.`,
      tex: String.raw`P=\frac{LCS}{|\hat x|},\qquad R=\frac{LCS}{|x|},\qquad F=\frac{2PR}{P+R}`,
    },
    {
      text: 'The rationale is paid by how far its next-token distributions lie from uniform. The printed formula divides by the vocabulary size although the inner sum is already a divergence.',
      tex: String.raw`s(r_t\mid q_t)=\frac1{N|V|}\sum_{j=1}^N\sum_{i=1}^{|V|}p_{ij}\log\frac{p_{ij}}{1/|V|}`,
    },
    {
      text: String.raw`GRPO maximises the sum with a KL leash to the reference; $\alpha=0.005$ and $\beta=0.001$.`,
      tex: String.raw`\max_\theta\ \mathbb E_{(r,a)\sim\pi_\theta}\big[v(a)+\alpha\,s(r)-\beta\,KL(\pi_\theta\|\pi_{ref})\big]`,
    },
  ],
  pitfalls: [
    'If one sample of a group passes the text threshold its advantage swamps every type-level difference; if none passes, the factor plays no part at all. Any value far above 1 gives nearly the same advantages.',
    'With the printed scaling the certainty term is at most about 8e-5 for a vocabulary of 150k, invisible next to 0.3. Drop the extra division and retune if it is meant to act.',
    'Rewarding certainty invites confident nonsense and short, repetitive rationales; track whether certainty still goes with correctness.',
    'Rewards of order 1,000 break value functions and reward clipping that are not normalised.',
    'A headline average can be bought by always leaving the shop: the 0.5B model does exactly that. Print accuracy per action type.',
    'In the row without scaling, exact accuracy (27.83) exceeds type accuracy (27.20), which the stated definitions rule out; treat that table with care.',
  ],
  claims: {
    'beats-sft': {
      statement:
        'Supervised warm start plus the full reward predicts the exact next action far more often than fine-tuning alone.',
      reported: '27.72% against 16.76% (+65% relative)',
      setting: 'Qwen-2.5-3B-Instruct, proprietary shopping sessions',
      baseline: 'SFT; zero-shot 0.32%',
      test: 'experiment',
      judged:
        'A1, synthetic shop: exact accuracy of the full method minus SFT above 0, paired bootstrap over 6 seeds (95%).',
    },
    'beats-binary-reward': {
      statement: 'The graded ladder of rewards beats an all-or-nothing exact-match reward.',
      reported: '27.72% against 16.55% (SFT then binary RL) and 1.01% (binary RL)',
      setting: 'Qwen-2.5-3B-Instruct',
      baseline: 'binary exact-match reward',
      test: 'experiment',
      judged:
        'A2: exact accuracy of the full method minus binary exact match above 0 (interval over seeds). A further arm adds format and certainty to the binary reward, since the paper reports 27.04 there.',
    },
    'scaling-stops-easy-guessing': {
      statement: 'A large factor on the hard text keeps the policy from over-predicting the easy action.',
      reported: 'qualitative: meant to stop reward hacking',
      setting: 'design of the difficulty-aware scaling',
      baseline: 'factor 1',
      test: 'experiment',
      judged:
        'A3: the gap between predicted and true share of terminate is smaller in size with factor 1000 than with 1 (interval over seeds). Refuted if not, or if a class-balanced type reward does the same, since then the mechanism is class weighting.',
    },
    'scaling-balances-actions': {
      statement: 'The factor and the hierarchy even out accuracy over action types while exact accuracy stays put.',
      reported:
        'without scaling: exact 27.83, type F1 11.70; binary action reward: 27.04 and 12.11; full: 27.72 and 31.28',
      setting: "3B model, authors' ablation",
      baseline: 'factor 1; binary action reward',
      test: 'experiment',
      judged:
        'A5: macro F1 of the action type with factor 1000 minus factor 1 above 0 (interval over seeds). Exact accuracy of the two is reported without a verdict.',
    },
    'warm-start-and-format-needed': {
      statement: 'Leaving out the supervised start or the format reward wrecks accuracy.',
      reported: 'exact 4.63% without SFT, 2.87% without format, against 27.72%',
      setting: '3B model, ablation',
      baseline: 'full method',
      test: 'experiment',
      judged:
        'A4: removing the warm start and removing the format reward each lower exact accuracy (interval over seeds).',
    },
    'certainty-reward-small': {
      statement: 'Paying for certainty of the rationale changes little and lowers the type scores.',
      reported: 'without it: exact 26.93, type 37.25, F1 33.74; with it 27.72, 36.40, 31.28',
      setting: '3B model, ablation',
      baseline: 'no certainty reward',
      test: 'record',
      judged: 'Reported for the printed and the unscaled formula without a verdict.',
    },
    'type-and-per-action': {
      statement: 'Type accuracy improves too, and terminate remains the easiest action by far.',
      reported: 'type 36.40 and F1 31.28 against 22.25 and 24.52; click 23.93, query 27.66, terminate 69.86',
      setting: '3B model',
      baseline: 'SFT',
      test: 'model',
      judged: 'The figures belong to the proprietary sessions.',
    },
    'small-model-hacks': {
      statement: 'The smallest model matches the headline by predicting almost nothing but terminate.',
      reported: '0.5B: 27.72% overall, terminate 97.07%, others about 0; 1.5B: 24.11%',
      setting: 'Qwen-2.5-Instruct 0.5B and 1.5B',
      baseline: 'SFT: exact 9.90 and 10.86',
      test: 'model',
      judged:
        'Two toy capacities look for the same collapse, but whether a 0.5B model does this is a question about that model.',
    },
    'whole-session-helps': {
      statement: 'Seeing the whole session instead of the last page nearly doubles exact accuracy.',
      reported: '27.72% against 14.74%',
      setting: '3B model, context ablation',
      baseline: 'latest page only',
      test: 'model',
      judged: 'Depends on real sessions of up to 32k tokens.',
    },
    'temperature-trade': {
      statement: 'Warmer sampling gives a little more exact accuracy at the cost of balance over action types.',
      reported: 'best exact 28.63% at 0.7; F1 falls from 31.28 to 28.36',
      setting: '3B model, temperature sweep',
      baseline: 'training temperature 0.6',
      test: 'record',
      judged: 'A sweep over one unrepeated run, kept for the record.',
    },
  },
});
