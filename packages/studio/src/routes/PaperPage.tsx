import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../api.ts';
import { Failure, Notice } from '../components/Notice.tsx';
import { paperQuery } from '../data/queries.ts';
import { PaperBody } from '../papers/PaperBody.tsx';
import { PaperSkeleton } from '../papers/PaperSkeleton.tsx';
import { plainText } from '../prose/inline.ts';
import { usePage } from '../use-page.ts';

const route = getRouteApi('/papers/$slug');

export function PaperPage() {
  const { slug } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(paperQuery(slug));
  const missing = error instanceof ApiProblem && error.status === 404;
  usePage(
    data ? `${data.paper.name}: ${data.paper.title}` : missing ? 'Not found' : undefined,
    data && plainText(data.paper.summary).slice(0, 160),
  );
  if (isPending) return <PaperSkeleton />;
  if (data) return <PaperBody key={slug} detail={data} />;
  if (missing) {
    return (
      <Notice level={1} title="No such paper" action={<Link to="/">All papers</Link>}>
        <p>
          There is no paper <code>{slug}</code> in the catalogue.
        </p>
      </Notice>
    );
  }
  return <Failure what="This paper" error={error ?? new Error('nothing came back')} retry={() => void refetch()} />;
}
