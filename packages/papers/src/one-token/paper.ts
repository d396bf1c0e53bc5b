import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'one-token',
  title: 'One Token to Fool LLM-as-a-Judge',
  name: 'Master-RM',
  arxiv: '2507.08794',
  date: '2025-07-11',
  authors: ['Yulai Zhao', 'Haolin Liu', 'Dian Yu', 'S. Y. Kung', 'Meijia Chen', 'Haitao Mi', 'Dong Yu'],
  venue: 'preprint',
  code: null,
  links: [
    { label: 'models', url: 'https://huggingface.co/sarosavo/Master-RM' },
    { label: 'data', url: 'https://huggingface.co/datasets/sarosavo/Master-RM' },
  ],
  tags: ['llm-as-judge', 'reward hacking', 'false positives', 'adversarial robustness', 'data augmentation', 'rlvr'],
  rooms: ['assess', 'judge', 'policy'],
  summary: `Training on the verdict of a language model that compares a solution with a reference has a hole: an answer without content (a space, a colon, "Thought process:", "Solution" and its translations) is often waved through, by open and closed judges alike. The authors met it in a collapsed run, where the policy printed one opener and a 72B judge kept reporting some 90% accuracy. Size does not protect, reasoning with votes is erratic, and hiding the question helps on mathematics, where large judges appear to solve the task themselves and compare their own answer. The cure is cheap: cut model-written solutions after the first sentence, label them no, and add 20k of them to the judge's training data. The hardened judge resists keys it never saw, with no loss of agreement. Run the attack on any judge before paying for training against it. The catch: only listed keys are claimed, adaptive searches find more, and the cured judge was never put back into the run that collapsed.`,
  method: [
    {
      text: String.raw`A master key $\kappa$ is one content-free response used for every question. The judge $J$ sees question, reference and response; its false positive rate is the share of yes.`,
      tex: String.raw`\mathrm{FPR}(J,\kappa)=\frac1{|D|}\sum_{(q,a^*)\in D}\mathbb 1\big[J(q,a^*,\kappa)=\mathrm{YES}\big]`,
    },
    {
      text: 'Ten keys are tried (four symbols, six openers in four languages), and new ones come from the nearest neighbours of known keys among short sentences of large corpora.',
    },
    {
      text: 'For hardening, 20k questions are answered step by step by a small model, only the first sentence is kept and labelled no; together with 160k ordinary judgements they fine-tune the judge on the verdict token.',
      tex: String.raw`\mathcal L=-\sum_{D_{\rm orig}\cup D_{\rm aug}}\log P_\theta(y\mid q,o,a^*)`,
    },
    {
      text: 'Variants of the judge: without the question in its prompt; with reasoning and a majority of five samples; one model family from 0.5B to 72B.',
    },
  ],
  pitfalls: [
    'Clients and templates strip a lone space. Verify the bytes that reach the model, or you test another key.',
    'A judge that always says no has no false positives: report misses and agreement with the truth as well.',
    'Agreement with another model is not truth, and the ordinary labels come from the vulnerable kind of judge.',
    'Truncated negatives may teach that short is wrong. Test short correct answers.',
    'Hiding the question hurts where equivalence depends on it, and can reduce the judge to matching strings.',
    'Resistance to a fixed list is not security: adaptive attacks (arXiv 2512.17375) find further tokens.',
  ],
  claims: {
    'judges-are-fooled': {
      statement: 'General language-model judges accept responses that say nothing.',
      reported:
        'average/worst FPR in %: Qwen2.5-72B 66.8/90.9, Llama-3-70B 80.6/95.1, Llama-3-8B 76.9/92.0, GPT-4o 14.6/53.6, o1 6.0/37.3, Claude-4 12.4/57.7, Qwen2.5-7B 12.6/31.0',
      setting: 'ten keys, five data sets, reference given',
      baseline: 'a correct judge: 0',
      test: 'experiment',
      judged:
        '(i) Tiny verifiers: worst-key FPR of the general judge above 20% (lower bound over seeds, 95%). If no unhardened judge exceeds 5% even under search, the effect needs scale and the verdict is “needs a model”.',
    },
    'first-sentences-cure': {
      statement: 'First sentences labelled no close the hole, also for keys that were never trained on.',
      reported: 'average/worst FPR 0.1/2.9% (7B) and 0.8/5.4% (32B)',
      setting: '20k truncated solutions added to 160k judgements',
      baseline: 'the same training without them: 1.1/11.5%',
      test: 'experiment',
      judged:
        '(ii) Mean FPR, specialised minus hardened, above 0 and hardened below 2% on unseen keys; (iv) hardened better than a judge given as many random wrong answers labelled no (paired bootstrap over seeds, 95%). Refuted if such controls protect as well.',
    },
    'keeps-judging-skill': {
      statement: 'Hardening does not make the judge worse on ordinary answers.',
      reported:
        'kappa 0.91 with GPT-4o and 0.90 with people (7B); VerifyBench 94.45 to 95.15%, hard part 84.4 to 86.8%',
      setting: 'natural responses',
      baseline: 'other judges',
      test: 'experiment',
      judged: '(iii) Kappa with the truth, hardened minus specialised, above −0.02 (95%).',
    },
    'hiding-question-helps': {
      statement: 'On mathematics a judge that does not see the question is fooled far less.',
      reported: '72B: GSM8K 87.6 → 0.0, MATH 78.7 → 2.8, AIME 54.0 → 0.0; open QA only 62.3 → 50.1',
      setting: 'Qwen2.5-72B, question left out of the prompt',
      baseline: 'question shown',
      test: 'experiment',
      judged: '(v) For judges pretrained on claim checking, leaving out the question lowers FPR on chains (95%).',
    },
    'collapses-training': {
      statement: 'Reinforcement against such a judge can collapse into printing a key.',
      reported: 'one run: 94.3% of outputs are one opener, judged accuracy about 90%',
      setting: 'Qwen2.5-7B policy, Qwen2.5-72B judge, REINFORCE, 30k questions',
      baseline: null,
      test: 'experiment',
      judged:
        '(vi), beyond the paper: final true accuracy of a policy trained against the hardened minus the specialised judge above 0, or both within 1 point of an exact judge.',
    },
    'specialised-not-safe': {
      statement: 'Judges trained for verification are better, but not safe.',
      reported: 'average/worst FPR: General-Verifier 9.7/87.0, Omni-Judge 14.3/54.1, Multi-sub RM 1.1/11.5%',
      setting: 'ten keys, five data sets',
      baseline: 'general models',
      test: 'model',
      judged: 'Needs the released judges.',
    },
    'size-not-monotone': {
      statement: 'Vulnerability does not fall with model size.',
      reported: '0.5B lowest FPR but kappa 0.10; 1.5 to 3B high; 7 to 14B best trade-off; 32 to 72B high again',
      setting: 'Qwen2.5 family',
      baseline: 'each other',
      test: 'model',
      judged: 'Three widths of a tiny model cannot stand for this range; FPR against width is shown without a rule.',
    },
    'reasoning-votes-erratic': {
      statement: 'Letting the judge reason and vote helps in one place and hurts in another.',
      reported:
        '72B: GSM8K 87.6 → 95.5, multi-subject 51.4 → 5.3; 7B: GSM8K 12.8 → 87.6; overall 66.8 → 50.9 and 12.6 → 40.4',
      setting: 'five samples at temperature 0.2, majority',
      baseline: 'one direct verdict',
      test: 'model',
      judged: 'Needs real reasoning judges.',
    },
    'keys-easy-to-find': {
      statement: 'Neighbours of known keys in embedding space are keys too.',
      reported: '5 to 26% average FPR on GPT-4o',
      setting: 'six new keys',
      baseline: null,
      test: 'model',
      judged: 'Needs real judges; an exhaustive search over short responses is reported at toy size.',
    },
  },
});
