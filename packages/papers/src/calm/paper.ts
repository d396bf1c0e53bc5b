import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'calm',
  title: 'Assessing the Zero-Shot Capabilities of LLMs for Action Evaluation in RL',
  name: 'CALM',
  arxiv: '2409.12798',
  date: '2024-09-19',
  authors: [
    'Eduardo Pignatelli',
    'Johan Ferret',
    'Tim Rocktäschel',
    'Edward Grefenstette',
    'Davide Paglieri',
    'Samuel Coward',
    'Laura Toni',
  ],
  venue: 'preprint',
  code: 'https://github.com/epignatelli/lfrl',
  tags: [
    'credit assignment',
    'llm reward shaping',
    'options',
    'subgoal verification',
    'zero-shot evaluation',
    'minihack',
  ],
  rooms: ['credit', 'judge', 'env', 'assess'],
  summary: `Can a language model that was never trained for it point at the moves that mattered? CALM has it split a task
into subgoals, look at one transition and say whether any subgoal was just met; a yes becomes a small bonus, much like an
option ending. Before any policy is trained, the annotator is examined as a classifier: 256 hand-labelled MiniHack
transitions around a key and a door, seven open models, full screen or a crop, subgoals supplied or invented. The habit
of auditing the judge before letting it shape behaviour is the part to adopt. The catch lies in the measure. Two thirds
of the labels are positive, so answering yes to everything already earns F1 0.80, and most published rows fall short of
that; in a live episode, where true subgoals are rare, false alarms dominate what gets paid. Recomputed from the
published confusion counts, balanced accuracy turns the ranking around. The paper claims no gain in online RL, and
a sample of 256 leaves most neighbouring ranks tied.`,
  method: [
    {
      text: 'A transition is rendered as text by $g$ and shown to the model, which answers with a dictionary of subgoals and booleans. Any true entry fires the bonus; an unreadable answer counts as none.',
      tex: String.raw`\tilde R(s,a,s')=R(s,a,s')+\lambda\,\mathrm{LLM}\big(g(s,a,s')\big),\qquad \mathrm{LLM}(\cdot)\in\{0,1\}`,
    },
    {
      text: 'The annotator is graded against human labels, by whether anything fired and not by which subgoal it named.',
      tex: String.raw`P=\frac{TP}{TP+FP},\qquad R=\frac{TP}{TP+FN},\qquad F_1=\frac{2PR}{P+R}`,
    },
    {
      text: 'We add balanced accuracy, the always-yes row and the precision to expect at the natural rate $\\pi$ of subgoals in play.',
      tex: String.raw`P_\pi=\frac{\pi\,\mathrm{TPR}}{\pi\,\mathrm{TPR}+(1-\pi)\,\mathrm{FPR}}`,
    },
    {
      text: 'For learning, our version pays each subgoal once per episode by default, or turns the number of subgoals met, $\\Phi$, into a potential.',
      tex: String.raw`F(s,s')=\gamma\,\Phi(s')-\Phi(s)`,
    },
  ],
  pitfalls: [
    'A balanced test set flatters precision. With subgoals in 4% of steps, a 10% false-alarm rate means that most bonuses are undeserved.',
    'With two thirds positives F1 rewards saying yes; the chance row of 0.33 is far below the 0.80 of a judge that always fires.',
    'The score ignores why the judge fired, so one that reacts to every pick-up attempt looks competent.',
    'A bonus that may repeat can be farmed and shifts the optimal policy. Pay once per episode or use a potential.',
    'Raw terminal screens tokenise badly; put separators between cells and keep the message that follows the action.',
    'The released evaluator runs eval on model output: parse it as JSON instead.',
  ],
  claims: {
    'recognises-subgoals': {
      statement:
        'Off-the-shelf models can tell from one transition, without examples, that a given instruction was completed.',
      reported: 'best F1 0.74 (Mixtral, P 0.77, R 0.73); gemma-7B 0.73; Llama-3-70B 0.66 (P 0.97, R 0.50)',
      setting: '256 KeyRoom transitions, subgoals provided, full screen',
      baseline: 'human 1.00, chance 0.33 (always-fire would have 0.80)',
      test: 'model',
      judged:
        'Judged only with a real endpoint: balanced accuracy above 0.5 and F1 above the always-fire row, bootstrap 95% interval over transitions. Without one the row reads "not run".',
    },
    'crop-helps': {
      statement:
        'Showing the model a small window around the agent makes its annotations better than showing the whole screen.',
      reported: 'best F1 0.78 (Mixtral); gemma-2B 0.00 → 0.76, but Llama-3-70B 0.66 → 0.63',
      setting: 'subgoals provided, 9×9 crop',
      baseline: 'the same model on the full screen',
      test: 'experiment',
      judged:
        "A2: for a tiny verifier at equal labels, crop − screen is above 0 in F1 and in balanced accuracy (95% interval, 10 seeds). With an endpoint: mean crop − screen F1 over the user's models above 0.",
    },
    'invents-subgoals': {
      statement: 'Models can propose sensible subgoals on their own and check transitions against them.',
      reported: 'best F1 0.82 on the full screen (P 0.71, R 0.96), 0.83 on the crop (P 0.75, R 0.93), both Llama-3-70B',
      setting: 'subgoals discovered by the model; human labels for key and door as truth',
      baseline: 'chance 0.33',
      test: 'model',
      judged:
        'Only a real endpoint can tell, by the same always-fire and balanced-accuracy test. From the published counts only three of these rows beat always-fire on F1, and the two best (Llama-3-70B) have balanced accuracy 0.59 and 0.66.',
    },
    'prior-for-credit': {
      statement: 'Annotations of this kind may serve as prior knowledge when assigning credit.',
      reported: 'qualitative; no online RL gain is claimed',
      setting: 'outlook from the offline study, one environment',
      baseline: null,
      test: 'experiment',
      judged:
        'A1, KeyRoom clone, simulated annotator with precision and recall 0.95: fewer steps to 80% success than without shaping, paired bootstrap 95% interval over 10 seeds. Refuted if not; void if a tuned count bonus equals oracle shaping.',
    },
    'f1-ranks-annotators': {
      statement: 'F1 on the balanced label set is the measure by which annotators can be ranked.',
      reported: 'models are ordered by F1 in all four tables',
      setting: '171 positive and 85 negative transitions',
      baseline: 'balanced accuracy, or precision at the natural rate',
      test: 'experiment',
      judged:
        'A2b, grid of annotators: does |Spearman| of steps-to-80% with natural-rate precision or balanced accuracy exceed that with F1 (interval of the difference above 0)? Reported either way and not required for the verdict.',
    },
    'false-alarms-cost': {
      statement:
        'When the bonus may repeat, wrong firings hurt the policy, and paying once or by potential softens the damage.',
      reported: 'qualitative; our addition, since the paper claims no online RL result',
      setting: 'shaping with annotators of known error',
      baseline: 'unguarded bonus',
      test: 'experiment',
      judged:
        'A3, recall fixed at 0.8: without the guard success declines as precision declines (95% interval of the slope away from 0 in that direction), and the slope is smaller with the guard or in potential form.',
    },
  },
});
