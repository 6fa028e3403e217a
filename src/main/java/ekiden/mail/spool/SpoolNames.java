package ekiden.mail.spool;

import java.nio.file.Path;
import java.util.Optional;

/** File names of the spool: place, state and opening marks, see the package's text. */
final class SpoolNames {
    private static final String PART = ".part";
    private static final String OPENING = ".opening";
    private static final String MAIL = ".mail";
    private static final String NOTE = ".json";
    private static final int PLACE_LENGTH = 64;

    private final Path folder;
    private final Path quarantine;

    SpoolNames(Path folder) {
        this.folder = folder;
        this.quarantine = folder.resolve("quarantine");
    }

    /** What a file name says. */
    record Read(String place, boolean complete, int openings) {}

    Path folder() {
        return folder;
    }

    Path quarantineFolder() {
        return quarantine;
    }

    Path part(String place) {
        return folder.resolve(place + PART);
    }

    /** The name of a complete entry with so many opening marks. */
    Path complete(String place, int openings) {
        return folder.resolve(openings == 0 ? place + MAIL : place + OPENING + openings);
    }

    Path quarantined(String place) {
        return quarantine.resolve(place + MAIL);
    }

    Path note(String place) {
        return quarantine.resolve(place + NOTE);
    }

    Path notePart(String place) {
        return quarantine.resolve(place + NOTE + PART);
    }

    static Optional<Read> read(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(PART)) {
            return Optional.of(new Read(name.substring(0, name.length() - PART.length()), false, 0));
        }
        if (name.endsWith(MAIL)) {
            return Optional.of(new Read(name.substring(0, name.length() - MAIL.length()), true, 0));
        }
        int mark = name.lastIndexOf(OPENING);
        if (mark < 0) {
            return Optional.empty();
        }
        return marks(name.substring(mark + OPENING.length()))
                .map(openings -> new Read(name.substring(0, mark), true, openings));
    }

    private static Optional<Integer> marks(String digits) {
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(digits));
    }

    /** A place is a file name everywhere; ours are UUIDs. What comes from outside (a command line) is asked first. */
    static boolean isPlace(String place) {
        return !place.isEmpty()
                && place.length() <= PLACE_LENGTH
                && place.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
    }
}
