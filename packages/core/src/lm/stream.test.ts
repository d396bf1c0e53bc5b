import { describe, expect, it } from 'vitest';
import { joinStream } from './stream.ts';

const event = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const delta = (index: number, content: string, more: object = {}) => ({
  choices: [{ index, delta: { content }, ...more }],
});

describe('joinStream', () => {
  it('joins interleaved choices, log-probabilities and usage, across comments and either line end', () => {
    const text =
      ': keep-alive\r\n\r\n' +
      event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] }) +
      event(delta(0, 'one', { logprobs: { content: [{ token: 'one', logprob: -1 }] } })) +
      event(delta(1, 'eins')).replaceAll('\n', '\r\n') +
      event(delta(0, ' two', { logprobs: { content: [{ token: ' two', logprob: -2 }] } })) +
      event(delta(1, '', { finish_reason: 'length' })) +
      event(delta(0, '', { finish_reason: 'stop', stop_reason: '\n' })) +
      event({ choices: [], usage: { prompt_tokens: 3 } }) +
      event('[DONE]');
    expect(joinStream(text)).toMatchObject({
      choices: [
        {
          index: 0,
          message: { content: 'one two' },
          finish_reason: 'stop',
          stop_reason: '\n',
          logprobs: {
            content: [
              { token: 'one', logprob: -1 },
              { token: ' two', logprob: -2 },
            ],
          },
        },
        { index: 1, message: { content: 'eins' }, finish_reason: 'length', logprobs: null },
      ],
      usage: { prompt_tokens: 3 },
    });
  });

  it('refuses a stream that ends too soon', () => {
    const whole = event(delta(0, 'one')) + event(delta(0, '', { finish_reason: 'stop' }));
    expect(() => joinStream(whole)).not.toThrow();
    expect(() => joinStream(event(delta(0, 'one')))).toThrow('the stream broke off before its end');
    expect(() => joinStream(whole.slice(0, -10))).toThrow('the stream broke off before its end');
    expect(() => joinStream('')).toThrow('the stream broke off before its end');
  });

  it('gives an error in mid-stream as it stands', () => {
    const text = event(delta(0, 'one')) + event({ error: { message: 'out of memory' } });
    expect(joinStream(text)).toMatchObject({ error: { message: 'out of memory' } });
  });

  it('names what is no chunk', () => {
    expect(() => joinStream(event({ choices: [{ delta: { content: 3 } }] }))).toThrow(/choices.0.delta.content/);
    expect(() => joinStream(event('{"choices"'))).toThrow(SyntaxError);
  });
});
