package ekiden.mail.match;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Few of many numbers, each once, in the order in which they came: to go through them costs nothing for those that are not there. Belongs to one thread. */
final class Numbers {
    private static final int ROOM = 16;

    private final long[] bits;
    private int[] numbers = new int[ROOM];
    private int count;

    /** @param most above all numbers */
    Numbers(int most) {
        this.bits = new long[(most + Long.SIZE - 1) / Long.SIZE];
    }

    boolean has(int number) {
        return (bits[number / Long.SIZE] & 1L << number) != 0;
    }

    void add(int number) {
        if (has(number)) {
            return;
        }
        bits[number / Long.SIZE] |= 1L << number;
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count] = number;
        count++;
    }

    int count() {
        return count;
    }

    /** The number that came as the n-th, from 0. */
    int get(int n) {
        return numbers[n];
    }

    /** Gives those that are there now, in the order in which they came. */
    void forEach(IntConsumer consumer) {
        for (int i = 0; i < count; i++) {
            consumer.accept(numbers[i]);
        }
    }
}
