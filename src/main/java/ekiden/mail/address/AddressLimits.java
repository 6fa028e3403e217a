package ekiden.mail.address;

import java.time.Duration;

/**
 * Bounds of looking names up.
 *
 * @param nameChars longest name that is looked up, in characters
 * @param fileBytes most bytes of one file of a book
 * @param folderFiles most files of a folder of vCards
 * @param entries most entries of a book that is read from files
 * @param names most names of one entry
 * @param candidates most entries that one question takes from a book
 * @param shown most candidates that a message names
 * @param depth deepest list inside a list
 * @param expanded most addresses that the names of one mail become
 * @param patience longest time for all names of one mail
 * @param rest a file book is looked at for changes no more often than that
 */
public record AddressLimits(
        int nameChars,
        int fileBytes,
        int folderFiles,
        int entries,
        int names,
        int candidates,
        int shown,
        int depth,
        int expanded,
        Duration patience,
        Duration rest) {
    /** 200 characters, 64 MiB a file, 20,000 files, 200,000 entries, 20 candidates, lists 8 deep, 1,000 addresses, 30 seconds. */
    public static final AddressLimits DEFAULT = new AddressLimits(
            200, 64 * 1024 * 1024, 20_000, 200_000, 50, 20, 5, 8, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(1));
}
