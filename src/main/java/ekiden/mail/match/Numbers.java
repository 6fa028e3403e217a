package ekiden.mail.match;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Few of many numbers, each once, in the order in which they came: to go through them costs nothing for those that are not there, and while they are few they
 * take no room for the others either. Belongs to one thread.
 */
final class Numbers {
    /** So many are looked through one by one. */
    private static final int FEW = 16;

    private final int most;
    private int[] numbers = new int[FEW];
    private int count;
    /** Which numbers are there, once they are more than a few. */
    private long @Nullable [] bits;

    /** @param most above all numbers */
    Numbers(int most) {
        this.most = most;
    }

    boolean has(int number) {
        long[] all = bits;
        if (all != null) {
            return (all[number / Long.SIZE] & 1L << number) != 0;
        }
        for (int i = 0; i < count; i++) {
            if (numbers[i] == number) {
                return true;
            }
        }
        return false;
    }

    void add(int number) {
        if (has(number)) {
            return;
        }
        if (count == numbers.length) {
            grow();
        }
        numbers[count] = number;
        count++;
        if (bits != null) {
            set(bits, number);
        }
    }

    private void grow() {
        if (bits == null) {
            long[] all = new long[(most + Long.SIZE - 1) / Long.SIZE];
            forEach(number -> set(all, number));
            bits = all;
        }
        numbers = Arrays.copyOf(numbers, 2 * count);
    }

    private static void set(long[] bits, int number) {
        bits[number / Long.SIZE] |= 1L << number;
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
