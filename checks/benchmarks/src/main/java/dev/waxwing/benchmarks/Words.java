package dev.waxwing.benchmarks;

import java.util.Random;

/** Lines of words whose frequencies fall like those of a language (Zipf). */
final class Words {

    static final int WORDS_A_LINE = 10;

    private Words() {}

    /** The same lines for the same arguments. */
    static String[] lines(int count, int distinctWords) {
        Random random = new Random(42);
        String[] words = words(random, distinctWords);
        double[] upTo = shares(distinctWords);
        String[] lines = new String[count];
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < count; i++) {
            line.setLength(0);
            for (int j = 0; j < WORDS_A_LINE; j++) {
                line.append(j == 0 ? "" : " ").append(words[pick(upTo, random.nextDouble())]);
            }
            lines[i] = line.toString();
        }
        return lines;
    }

    private static String[] words(Random random, int count) {
        String[] words = new String[count];
        for (int i = 0; i < count; i++) {
            StringBuilder word = new StringBuilder();
            for (int rest = i; rest > 0 || word.length() < 3; rest /= 26) {
                word.append((char) ('a' + rest % 26));
            }
            for (int more = random.nextInt(6); more > 0; more--) {
                word.append((char) ('A' + random.nextInt(26)));
            }
            words[i] = word.toString();
        }
        return words;
    }

    private static double[] shares(int count) {
        double[] upTo = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            upTo[i] /= sum;
        }
        return upTo;
    }

    private static int pick(double[] upTo, double at) {
        int found = java.util.Arrays.binarySearch(upTo, at);
        return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found);
    }
}
