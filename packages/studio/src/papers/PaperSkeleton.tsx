import { Loading, Skeleton } from '../components/Skeleton.tsx';
import styles from './paper-head.module.css';

export function PaperSkeleton() {
  return (
    <Loading what="the paper">
      <div className={styles.head}>
        <Skeleton width="9rem" />
        <Skeleton width="80%" height="2.6rem" />
        <Skeleton width="55%" height="2.6rem" />
        <Skeleton width="24rem" />
        <Skeleton width="18rem" />
      </div>
      {['96%', '91%', '94%', '88%', '60%'].map((width) => (
        <p key={width}>
          <Skeleton width={`calc(0.55 * ${width})`} height="1.15rem" />
        </p>
      ))}
    </Loading>
  );
}
