import { Link } from '@tanstack/react-router';
import { Notice } from '../components/Notice.tsx';
import { usePage } from '../use-page.ts';

export function NotFound() {
  usePage('Not found');
  return (
    <Notice level={1} title="There is no such page" action={<Link to="/">All papers</Link>}>
      <p>The address may be mistyped, or the page has moved.</p>
    </Notice>
  );
}
