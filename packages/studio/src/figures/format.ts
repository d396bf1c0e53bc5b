/** A number in as few characters as its size needs; the minus is a real one. */
export function formatNumber(value: number, digits?: number): string {
  if (digits !== undefined) return signed(value.toFixed(digits));
  const size = Math.abs(value);
  if (value === 0) return '0';
  if (size >= 1e6 || size < 1e-3) return scientific(value);
  if (Number.isInteger(value)) return signed(value.toLocaleString('en-GB'));
  return signed(size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : String(Number(value.toPrecision(3))));
}

/** "1.1×10⁻¹⁴", "10⁶". */
function scientific(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split('e');
  const raised = Array.from(String(Number(exponent)), (sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '⁻').join('');
  const factor = mantissa.replace('.0', '');
  return signed(factor === '1' || factor === '-1' ? factor.replace('1', `10${raised}`) : `${factor}×10${raised}`);
}

export function formatPercent(value: number): string {
  return `${signed(String(Number((100 * value).toPrecision(3))))}%`;
}

function signed(text: string): string {
  return text.replace('-', '−');
}
