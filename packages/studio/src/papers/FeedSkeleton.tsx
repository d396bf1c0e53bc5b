import { Loading, Skeleton } from '../components/Skeleton.tsx';
import styles from './paper-row.module.css';

const widths = ['84%', '62%', '91%', '70%', '78%', '58%'];

export function FeedSkeleton() {
  return (
    <Loading what="papers">
      {widths.map((width) => (
        <div key={width} className={styles.row}>
          <p className={styles.meta}>
            <Skeleton width="3.6rem" />
          </p>
          <div>
            {[
              { line: '5rem', height: '0.8rem' },
              { line: width, height: '1.5rem' },
              { line: '96%', height: '1em' },
              { line: '72%', height: '1em' },
            ].map(({ line, height }) => (
              <p key={line}>
                <Skeleton width={line} height={height} />
              </p>
            ))}
          </div>
          <div className={styles.state}>
            <Skeleton width="6rem" />
          </div>
        </div>
      ))}
    </Loading>
  );
}
