package ekiden.mail.spool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** File names of the spool: place, state and opening marks, see the package's text. */
final class SpoolNames {
    private static final String PART = ".part";
    private static final String OPENING = ".opening";
    private static final String MAIL = ".mail";
    private static final String WITH_VERDICT = ".kept";
    /** Instead of a number of opening marks: the verdict on it came. */
    static final int KEPT = -1;

    private static final String NOTE = ".json";
    private static final int PLACE_LENGTH = 64;

    private final Path folder;
    private final Path quarantine;

    SpoolNames(Path folder) {
        this.folder = folder;
        this.quarantine = folder.resolve("quarantine");
    }

    /** What a file name says. */
    record Read(String place, boolean complete, int mark) {}

    Path folder() {
        return folder;
    }

    Path quarantineFolder() {
        return quarantine;
    }

    Path part(String place) {
        return folder.resolve(place + PART);
    }

    /** The name of a complete entry with so many opening marks, or {@link #KEPT}. */
    Path complete(String place, int mark) {
        String state = mark == KEPT ? WITH_VERDICT : mark == 0 ? MAIL : OPENING + mark;
        return folder.resolve(place + state);
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

    /** What a name says, or empty where it is none of ours. */
    static Optional<Read> read(Path file) {
        return split(file.getFileName().toString()).filter(read -> isPlace(read.place()));
    }

    private static Optional<Read> split(String name) {
        for (String end : List.of(PART, MAIL, WITH_VERDICT)) {
            if (name.endsWith(end)) {
                String place = name.substring(0, name.length() - end.length());
                return Optional.of(new Read(place, !end.equals(PART), end.equals(WITH_VERDICT) ? KEPT : 0));
            }
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
