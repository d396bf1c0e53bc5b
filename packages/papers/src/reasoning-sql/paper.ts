import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'reasoning-sql',
  title: 'Reasoning-SQL: Reinforcement Learning with SQL Tailored Partial Rewards for Reasoning-Enhanced Text-to-SQL',
  name: 'Reasoning-SQL',
  arxiv: '2503.23157',
  date: '2025-03-29',
  authors: [
    'Mohammadreza Pourreza',
    'Shayan Talaei',
    'Ruoxi Sun',
    'Xingchen Wan',
    'Hailong Li',
    'Azalia Mirhoseini',
    'Amin Saberi',
    'Sercan Ö. Arik',
  ],
  venue: 'COLM 2025',
  code: null,
  tags: ['text-to-sql', 'partial rewards', 'execution feedback', 'schema linking', 'ai feedback', 'grpo'],
  rooms: ['reward', 'judge', 'policy', 'assess'],
  summary: `Executing a query is the only honest test of text-to-SQL, but as a reward it is all or nothing, and a
small model that is right twice in a hundred tries seldom gets a group of samples in which anything differs. The paper
surrounds execution accuracy with cheap partial scores: the query runs; it uses the right tables and columns; it
shares token n-grams with the reference; it keeps the output format; and a language model grades it, but only after a
failed execution. GRPO on this sum, without a supervised stage, is reported to beat fine-tuning on the same questions
and several larger proprietary models. Take it as a template for thickening a sparse verifier in any domain with
structure. The catch is that most of the partial terms measure likeness to one reference query, so they need gold
answers, punish valid rewritings, and can outweigh correctness unless the weights are checked. Later work finds less
need for the extra terms with stronger bases, and the benchmark contains wrong labels.`,
  method: [
    {
      text: 'The reward is a weighted sum. Its weights are taken from a public re-implementation, as those of the paper are not known to us. The judge is consulted only when execution fails.',
      tex: String.raw`R=3R_{ex}+2R_{llm}\,\mathbb 1[R_{ex}=0]+R_{syn}+R_{sl}+R_{ng}+R_{fmt}`,
    },
    {
      text: 'Schema linking and n-gram overlap are both Jaccard similarities with the reference query, over tables and columns and over token n-grams.',
      tex: String.raw`R_{sl}=\frac{|S(\hat q)\cap S(q^*)|}{|S(\hat q)\cup S(q^*)|}`,
    },
    {
      text: 'Samples of one question are compared within their group of $G$, as in GRPO.',
      tex: String.raw`A_i=\frac{r_i-\operatorname{mean}(r)}{\operatorname{std}(r)+10^{-6}}`,
    },
    {
      text: 'Why partial terms help: under execution alone a group carries a signal only if it contains both right and wrong answers. At $p=0.02$ and $G=6$ that is 11% of the groups.',
      tex: String.raw`\Pr[\text{signal}]=1-p^G-(1-p)^G`,
    },
    {
      text: 'Check that proxies cannot outrank a right answer: it is guaranteed $w_{ex}+w_{syn}=4$, whereas a wrong one may approach 6 with these weights. A cap on the proxies of wrong queries is our addition.',
    },
  ],
  pitfalls: [
    'Two empty results compare as equal, which makes wrong queries right; seed the databases or test on a second instance.',
    'How rows and columns are ordered in the comparison moves accuracy by points; say which rule you use.',
    'Schema and n-gram terms need the gold query and penalise other correct formulations; watch the diversity of solutions.',
    'A judge that sees the reference tends to grade resemblance rather than logic; gate it, audit it, and never pay for an unparsable verdict.',
    'Constant terms vanish in group normalisation, so pressure on the format fades once every sample complies.',
    'The effect size depends on the base model; measure its zero-shot accuracy before paying for judge calls.',
  ],
  cautions: [
    {
      kind: 'disputed',
      text: 'A later audit estimates that about 11.65% of the labels in BIRD dev are wrong, so that this leaderboard entry gets a 95% interval of [64.7, 69.4], roughly, and a rank anywhere from 1 to 22.',
    },
    {
      kind: 'disputed',
      text: 'Later work reports that execution plus format is enough with stronger base models, and null results are documented for 1.5B models.',
    },
  ],
  claims: {
    'partial-beats-execution': {
      statement: 'Partial rewards lead to higher execution accuracy than the execution reward alone.',
      reported: 'higher final accuracy (no dependable figure)',
      setting: 'Qwen2.5-Coder, GRPO, BIRD',
      baseline: 'GRPO with execution reward only',
      test: 'experiment',
      judged:
        'A1, toy SQL engine with held-out schemas: final EX of all terms − execution only above zero; paired bootstrap 95% over 6 seeds (3 in quick). Refuted if there is no gain once zero-shot EX exceeds about 20%, or if n-gram pull makes it lose.',
    },
    'learns-earlier': {
      statement: 'With partial rewards learning starts earlier.',
      reported: 'qualitative',
      setting: 'Qwen2.5-Coder, GRPO, BIRD',
      baseline: 'GRPO with execution reward only',
      test: 'experiment',
      judged:
        'A2: area under the EX curve is larger with all terms than with execution only, 95% paired bootstrap interval excluding zero.',
    },
    'rl-beats-sft': {
      statement: 'RL on these rewards beats supervised fine-tuning on the same questions and transfers better.',
      reported: 'consistently higher (qualitative)',
      setting: 'several model sizes; BIRD and other text-to-SQL sets',
      baseline: 'SFT on gold SQL',
      test: 'experiment',
      judged: 'A3: EX of RL with all terms − SFT above zero on held-out schemas; paired bootstrap over seeds, 95%.',
    },
    'execution-keeps-proxies-honest': {
      statement:
        'Execution accuracy has to stay the largest term, as the proxies by themselves drift away from the truth.',
      reported: 'qualitative (design choice: execution carries the largest weight)',
      setting: 'reward composition',
      baseline: 'partial terms without execution',
      test: 'experiment',
      judged:
        'A4, safety: the arm without execution shows a larger gap between normalised proxy score and EX than the arm with all terms, 95% interval excluding zero.',
    },
    'beats-proprietary': {
      statement: 'A 14B model trained by RL alone passes larger proprietary models.',
      reported: '+4 points against o3-mini, +3 against Gemini-1.5-Pro-002',
      setting: 'BIRD dev execution accuracy',
      baseline: 'those models, zero-shot',
      test: 'model',
      judged: 'A comparison of real models on a benchmark whose labels are contested.',
    },
    'bird-accuracy': {
      statement: 'The 14B model is strong by itself and close to the best inside a candidate-generation pipeline.',
      reported: '65.3% alone (as tabulated by later work); 72.3% in the pipeline',
      setting: 'BIRD dev, about 8k training questions',
      baseline: '74.9% CHASE-SQL + Gemini',
      test: 'model',
      judged: 'Benchmark figures of a real model; see the caution about label noise.',
    },
    'own-reasoning-patterns': {
      statement:
        'Models find their own ways of reasoning, such as walking through the schema, without being shown any.',
      reported: 'qualitative',
      setting: 'Qwen2.5-Coder',
      baseline: null,
      test: 'model',
      judged: 'Only a pretrained model has such patterns to find.',
    },
  },
});
