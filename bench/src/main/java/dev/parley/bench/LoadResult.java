package dev.parley.bench;

/**
 * What the load generator saw.
 *
 * @param answered requests answered 201 in the time measured
 * @param others requests answered otherwise
 * @param seconds how long was measured
 * @param p50Micros half of the answers took no longer
 * @param p99Micros 99 of 100 answers took no longer
 */
record LoadResult(long answered, long others, double seconds, long p50Micros, long p99Micros) {

    double perSecond() {
        return answered / seconds;
    }
}
