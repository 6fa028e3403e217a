package ekiden.cli;

/** How much of a large mail is here, for people. */
public final class Portion {
    private static final int MILLION = 1_000_000;
    private static final int SMALL = 10_000_000;
    private static final int THOUSAND = 1_000;

    private Portion() {}

    /**
     * @param bytes how many are here
     * @param size how many it has
     * @return in millions of bytes, of a mail that has few of them in thousands; never 100 % before it is whole
     */
    public static String of(long bytes, long size) {
        long percent = bytes >= size ? 100 : Math.min(99, bytes * 100 / size);
        int unit = size < SMALL ? THOUSAND : MILLION;
        return bytes / unit + " / " + size / unit + (size < SMALL ? " KB, " : " MB, ") + percent + " %";
    }
}
