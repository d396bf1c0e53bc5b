import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'toolrl',
  title: 'ToolRL: Reward is All Tool Learning Needs',
  name: 'ToolRL',
  arxiv: '2504.13958',
  date: '2025-04-16',
  authors: [
    'Cheng Qian',
    'Emre Can Acikgoz',
    'Qi He',
    'Hongru Wang',
    'Xiusi Chen',
    'Dilek Hakkani-Tür',
    'Gokhan Tur',
    'Heng Ji',
  ],
  venue: 'NeurIPS 2025',
  code: 'https://github.com/qiancheng0/ToolRL',
  links: [{ label: 'models', url: 'https://huggingface.co/emrecanacikgoz' }],
  tags: ['tool use', 'function calling', 'rule-based reward', 'reward granularity', 'reward schedule', 'grpo'],
  rooms: ['reward', 'policy', 'assess'],
  summary: `A study of which rule-based reward teaches a language model to call tools. The answer is a score with partial credit: right tools, right parameter names and right parameter values are counted separately after predicted and reference calls have been matched, and the total is stretched to a range from −3 to 3. A one-point bonus for the expected tags is added and GRPO starts from the instruct model, without supervised fine-tuning first. The ablations carry over to other structured outputs: split the signal, let correctness outweigh format, leave scales alone or shift them gradually, and give nothing for long thinking. Use it wherever a reference call exists. The catch: nothing but the lost format point punishes a call that should not have been made, string and number types have to match, the rule never asks whether the task was completed, and tables from single runs make differences below two points unreliable.`,
  method: [
    {
      text: 'Names are compared by the Jaccard index of multisets; for every matched pair, keys are compared likewise ($r_{param}$) and equal values are counted ($r_{value}$). The matching that maximises the sum is meant; the released code matches greedily.',
      tex: String.raw`r_{name}=\frac{|N_G\cap N_P|}{|N_G\cup N_P|},\qquad R_{match}=r_{name}+r_{param}+r_{value}`,
    },
    {
      text: 'The best match is divided by the attainable maximum and stretched. A reference without calls scores 0, unparsable output −3.',
      tex: String.raw`R_{corr}=6\,\frac{R_{match}}{1+|G|+\sum_j|\mathrm{keys}(G_j)|}-3\in[-3,3]`,
    },
    {
      text: 'The format reward is 1 if exactly the expected fields appear once each and in order. Both are added.',
      tex: String.raw`R=R_{fmt}+R_{corr},\qquad R_{fmt}\in\{0,1\}`,
    },
    {
      text: 'Coarser variants judge names, keys or the whole list as all-or-nothing; scale variants give format and correctness equal maxima, or change the ranges abruptly or smoothly with progress; a length variant pays for thinking up to a target.',
    },
    {
      text: 'GRPO uses four samples per prompt and group-normalised advantages, by the text without KL term.',
      tex: String.raw`A_i=\frac{r_i-\mu}{\sigma+\eta}`,
    },
  ],
  pitfalls: [
    'The released launch script leaves a KL coefficient of 0.001 active in the reward, although the text says there is none. Log it.',
    'Coarser modes in the code compare ordered lists, so correct calls in another order score zero. Decide on sets.',
    'With four samples a coarse reward often gives the whole group the same score and no gradient. Count such groups before blaming the optimiser.',
    'Values are compared by type: "3" is not 3. Normalise numbers, dates and white space, or correct calls count as misses.',
    'Needless calls cost only the format point. Add a penalty if refusing matters.',
    'A correct call inside broken tags still earns its correctness score, so JSON and wrapper can drift apart; watch both parts.',
  ],
  claims: {
    'rl-beats-sft': {
      statement:
        'RL from the instruct model with the fine-grained reward beats supervised fine-tuning and generalises better.',
      reported: '58.38% (7B), 52.98% (3B), 46.20% (1.5B) against 36.53, 41.97, 40.67; raw 41.97, 33.04, 19.41',
      setting: 'BFCL-v3 overall, Qwen2.5 instruct models',
      baseline: 'SFT on 4k examples; PPO cold start 46.68 (7B), 51.15 (3B); SFT on 400 then GRPO 39.25 (7B)',
      test: 'experiment',
      judged:
        'A3, synthetic tool language: exact-match accuracy on new compositions, GRPO with the original reward minus SFT on 400 examples, above 0 (paired bootstrap over 6 seeds, 95%).',
    },
    'finer-beats-coarse': {
      statement: 'Partial credit for parts of a call beats an all-or-nothing reward.',
      reported: '46.20 against 36.72 (1.5B), 44.10 against 35.95 (Llama-3B), 52.98 against 51.40 (3B)',
      setting: 'BFCL-v3 overall',
      baseline: 'coarse reward',
      test: 'experiment',
      judged:
        'A1: accuracy on new compositions, original minus coarse, above 0 (paired bootstrap over seeds, 95%). Refuted if coarse is level at equal budget; if the gap closes with twice the samples, the claim is one about speed.',
    },
    'each-step-finer-helps': {
      statement: 'Accuracy falls steadily as the reward gets coarser.',
      reported: '46.20, 40.71, 37.65, 36.72 from finest to coarsest',
      setting: 'Qwen2.5-1.5B, BFCL-v3 overall',
      baseline: 'the next coarser reward',
      test: 'experiment',
      judged:
        'A2: Spearman trend of accuracy over the four granularities, finest first, is non-positive throughout its 95% interval.',
    },
    'length-reward-no-gain': {
      statement: 'Paying for longer thinking lengthens it without making calls better, and hurts small models.',
      reported: '33.23 (fixed) and 28.51 (dynamic) against 46.20; Llama-3B 44.98 and 43.15 against 44.10',
      setting: 'Qwen2.5-1.5B and Llama-3.2-3B',
      baseline: 'no length reward',
      test: 'experiment',
      judged:
        'A4: the length arm writes longer (interval above 0) while its accuracy gain has an interval that does not exceed +1 point (paired bootstrap over seeds, 95%).',
    },
    'correctness-outweighs-format': {
      statement: 'Giving format and correctness the same maximum is worse than letting correctness dominate.',
      reported: '39.47 against 46.20 (1.5B); 51.76 against 52.98 (3B)',
      setting: 'BFCL-v3 overall',
      baseline: 'default scales',
      test: 'record',
      judged: 'The equal-scale arm is run and shown without a rule.',
    },
    'smooth-scale-change': {
      statement: 'An abrupt change of reward scale hurts, while a gradual one is harmless or helps a little.',
      reported: 'two-stage 41.33, dynamic 46.85 against 44.10 (Llama-3B); dynamic 45.71 against 46.20 (1.5B)',
      setting: 'BFCL-v3 overall',
      baseline: 'constant scales',
      test: 'record',
      judged: 'Reported but not gating: two-stage below original, and original not above dynamic.',
    },
    'weak-on-llama': {
      statement: 'On a Llama model RL merely ties with supervised fine-tuning.',
      reported: '44.10% against 44.16%',
      setting: 'Llama-3.2-3B, BFCL-v3 overall',
      baseline: 'SFT on 4k examples',
      test: 'model',
      judged: 'A statement about one real model family.',
    },
    'transfers-to-qa': {
      statement:
        'The trained model keeps its question-answering ability with a search tool, where fine-tuning ruins it.',
      reported: '72.0% against 69.6% (raw) and 30.4% (SFT)',
      setting: 'Bamboogle, 7B',
      baseline: 'raw model, SFT on 4k examples',
      test: 'model',
      judged: 'Needs the 7B model and a search tool.',
    },
    'api-bank-gains': {
      statement: 'The gain holds on a second tool benchmark.',
      reported: '67.00% (3B) and 63.15% (1.5B) against 50.92% and 47.07%',
      setting: 'API-Bank overall',
      baseline: 'SFT on 4k examples',
      test: 'model',
      judged: 'Needs the real models and API-Bank.',
    },
    'average-gains': {
      statement:
        'Averaged over models and benchmarks, RL improves on the base models and on fine-tuning by double digits.',
      reported: '+17% over base, +15% over SFT',
      setting: 'all models and benchmarks',
      baseline: 'base models; SFT',
      test: 'model',
      judged: 'An average over real benchmarks.',
    },
    'sft-start-misleads': {
      statement: 'Runs that start from fine-tuned models show a higher training reward but generalise worse.',
      reported: 'qualitative',
      setting: 'training curves',
      baseline: 'cold start',
      test: 'record',
      judged: 'Training reward and held-out accuracy are logged for both starts; no rule is attached.',
    },
  },
});
