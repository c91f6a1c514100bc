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

    String line() {
        return answered + " " + others + " " + seconds + " " + p50Micros + " " + p99Micros;
    }

    static LoadResult of(String line) {
        String[] words = line.strip().split(" ", -1);
        return new LoadResult(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Double.parseDouble(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]));
    }
}
