package ekiden.testing.sim;

import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Alarm;
import ekiden.model.run.Claim;
import ekiden.testing.sim.Violation.Checker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is done to mails at servers. At the moment of each deed: somebody took the mail and wants just that, and the receipts of all who took it would
 * outlive a crash. At the end: what was wanted is done, and mails that nobody took are as others left them.
 */
final class DeedsCheck {
    private static final int ALL = 100_000;

    private final SimWorld world;

    DeedsCheck(SimWorld world) {
        this.world = world;
    }

    private void wrong(Checker checker, String what) {
        world.violate(checker, what);
    }

    private List<Claim> claims(CatalogueMail row) {
        return world.store.read(tx -> tx.claims().of(row.id()));
    }

    private Optional<CatalogueMail> row(Letter letter) {
        return world.store.read(tx -> tx.mails().find(letter.identity()));
    }

    /** The agent does something to a mail, now. */
    void about(Letter letter, AfterReceive deed) {
        CatalogueMail row = row(letter).orElse(null);
        List<Claim> claims = row == null ? List.of() : claims(row);
        if (claims.isEmpty()) {
            wrong(Checker.UNTOUCHED, letter + " was taken by nobody, and is treated: " + deed);
            return;
        }
        Map<Path, byte[]> durable = world.disk.durableFiles();
        for (Claim claim : claims) {
            if (claim.state() != Claim.State.SAVED || !receipt(claim, durable)) {
                wrong(
                        Checker.DEEDS,
                        letter + " is treated before the receipt of " + claim.id() + " is durable: " + deed);
            }
        }
        Wanted wanted = wanted(letter, claims);
        boolean asked = (!deed.delete() || wanted.delete)
                && (deed.moveTo() == null || (wanted.move && !wanted.delete))
                && (!deed.read() || wanted.read)
                && (deed.keyword() == null || wanted.keywords.contains(deed.keyword()));
        if (!asked) {
            wrong(Checker.DEEDS, letter + " is treated as nobody wants: " + deed);
        }
    }

    private static boolean receipt(Claim claim, Map<Path, byte[]> durable) {
        return durable.entrySet().stream()
                .filter(file -> file.getKey().startsWith(SimWorld.FILES))
                .filter(file -> file.getKey().endsWith("mail.json"))
                .anyMatch(file -> new String(file.getValue(), StandardCharsets.UTF_8).contains(claim.id()));
    }

    /** Our own reading of what is wanted. */
    private record Wanted(boolean read, Set<String> keywords, boolean move, boolean delete) {}

    private Wanted wanted(Letter letter, List<Claim> claims) {
        AfterReceive profile = world.server().box(letter.profile).after;
        List<AfterReceive> all = new ArrayList<>();
        boolean silent = false;
        for (Claim claim : claims) {
            AfterReceive one = claim.after();
            silent |= one == null;
            if (one != null) {
                all.add(one);
            }
        }
        if (profile != null) {
            all.add(profile);
        }
        return new Wanted(
                (silent && profile == null) || all.stream().anyMatch(AfterReceive::read),
                all.stream().map(AfterReceive::keyword).filter(Objects::nonNull).collect(Collectors.toSet()),
                all.stream().anyMatch(one -> one.moveTo() != null),
                all.stream().anyMatch(AfterReceive::delete));
    }

    /** When all is done. */
    void atTheEnd() {
        Set<String> alarms = world.store.read(tx -> tx.alarms().list(false, ALL)).stream()
                .map(Alarm::key)
                .collect(Collectors.toSet());
        for (Letter letter : world.server().letters) {
            CatalogueMail row = row(letter).orElse(null);
            List<Claim> claims = taken(letter);
            if (claims.isEmpty()) {
                asOthersLeftIt(letter);
            } else if (letter.there() && row != null && !alarms.contains("after/" + row.id())) {
                done(letter, claims);
            }
        }
    }

    private Set<String> flags(Letter letter) {
        return world.server()
                .folder(letter)
                .map(folder -> folder.flags(letter.key.uid()))
                .orElse(Set.of());
    }

    private void asOthersLeftIt(Letter letter) {
        if (letter.removed && !tookTheNameOf(letter)) {
            wrong(Checker.UNTOUCHED, letter + " was removed, and nobody had taken it");
        } else if (!letter.removed
                && letter.there()
                && !flags(letter).equals(letter.others)
                && !changedNamesWithOneTaken(letter)) {
            wrong(Checker.UNTOUCHED, letter + " bears " + flags(letter) + ", others left it with " + letter.others);
        }
    }

    /**
     * A copy stands in the catalogue in its stead: when a folder is renumbered nothing tells a mail that was removed from a copy of it that is
     * still there.
     */
    private boolean tookTheNameOf(Letter removed) {
        return world.server().copies(removed).stream()
                .anyMatch(copy -> numberedAnew(removed, copy) && !taken(copy).isEmpty());
    }

    private static boolean numberedAnew(Letter one, Letter other) {
        return one.key.uidValidity() != other.key.uidValidity();
    }

    /** It was taken itself, and marked, before its folder was renumbered and its name went over to a copy. */
    private boolean changedNamesWithOneTaken(Letter letter) {
        return world.server().copies(letter).stream()
                .anyMatch(copy ->
                        mayHaveChangedNames(letter, copy) && !taken(copy).isEmpty());
    }

    /** What was to be done was done to the other, or found it gone: whose mark or removal it was nobody can tell afterwards. */
    private boolean hasTheNameOfAnother(Letter letter) {
        return world.server().copies(letter).stream()
                .anyMatch(copy -> !copy.there()
                        && numberedAnew(copy, letter)
                        && taken(copy).isEmpty());
    }

    private List<Claim> taken(Letter letter) {
        return row(letter).map(this::claims).orElse(List.of());
    }

    /** Its folder was renumbered under an open session, which RFC 3501 §2.3.1.1 forbids: under its old UID it was not there. */
    private boolean saidToBeGone(Letter letter) {
        return letter.renamed
                && row(letter)
                        .filter(row ->
                                row.state() == CatalogueMail.State.GONE || row.state() == CatalogueMail.State.REMOVED)
                        .isPresent();
    }

    private void done(Letter letter, List<Claim> claims) {
        boolean saved = claims.stream().allMatch(claim -> claim.state() == Claim.State.SAVED);
        if (!saved || saidToBeGone(letter)) {
            return;
        }
        Wanted wanted = wanted(letter, claims);
        Set<String> flags = new HashSet<>(flags(letter));
        // what was done to it before it was taken away and put there again is not done a second time
        world.server().copies(letter).stream()
                .filter(copy -> copy.lost != Observed.NEVER || mayHaveChangedNames(letter, copy))
                .forEach(copy -> flags.addAll(copy.marks));
        boolean marked = (!wanted.read || letter.unseen || flags.contains("\\Seen"))
                && (wanted.keywords.isEmpty() || wanted.keywords.stream().anyMatch(flags::contains));
        if (hasTheNameOfAnother(letter)) {
            return;
        }
        if (wanted.delete || wanted.move) {
            wrong(Checker.DEEDS, letter + " was taken and should not be there any more");
        } else if (!marked) {
            wrong(Checker.DEEDS, letter + " bears " + flags + ", wanted is " + wanted);
        }
    }

    /**
     * Copies that came in one second look the same in all that a server tells. Where only one of them was in the catalogue when their folder was
     * renumbered, its name may have gone over to the other, and the one that was treated counts as new: it is taken and treated again then. Each is
     * taken once.
     */
    private static boolean mayHaveChangedNames(Letter one, Letter other) {
        return one.renamed
                && other.renamed
                && one.received.getEpochSecond() == other.received.getEpochSecond()
                && one.key.folder().equals(other.key.folder());
    }
}
