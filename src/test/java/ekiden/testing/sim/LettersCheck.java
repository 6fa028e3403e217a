package ekiden.testing.sim;

import ekiden.mail.receive.ReaderSettings.FirstLook;
import ekiden.mail.receive.ReaderSettings.SameContent;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.run.Claim;
import ekiden.testing.sim.Observed.MailFact;
import ekiden.testing.sim.SimServer.Box;
import ekiden.testing.sim.Violation.Checker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of each mail that lay at a server, compared with what the server knows: each has one row or a reason to have none, none has two under
 * whatever names, nobody takes one twice, and what is said of those that others read or removed is true.
 */
final class LettersCheck {
    private final SimWorld world;
    private final SimServer server;
    private final Map<MailIdentity, CatalogueMail> rows = new HashMap<>();
    private final Map<String, Integer> letters = new HashMap<>();
    private final Map<String, List<CatalogueMail>> alike = new LinkedHashMap<>();

    LettersCheck(SimWorld world) {
        this.world = world;
        this.server = world.server();
    }

    private void wrong(Checker checker, String what) {
        world.violate(checker, what);
    }

    void check() {
        server.letters.forEach(letter -> letters.merge(kind(letter), 1, Integer::sum));
        for (CatalogueMail row : world.mails()) {
            if (row.atServer()) {
                note(row);
            }
        }
        alike.forEach(this::noneTwice);
        server.letters.forEach(this::hasARow);
        world.observed.mails.values().stream()
                .filter(fact -> fact.row.atServer())
                .forEach(this::isTrue);
    }

    private static String kind(Letter letter) {
        return letter.profile + ": mail " + letter.mail.number();
    }

    private void note(CatalogueMail row) {
        CatalogueMail twin = rows.put(row.identity(), row);
        if (twin != null) {
            wrong(Checker.TWICE, row.identity() + " is in the catalogue as " + twin.id() + " and as " + row.id());
        }
        Letter letter = server.letter(row.identity()).orElse(null);
        Optional<SimMail> first = world.observed.outside(row);
        if (letter == null || first.filter(letter.mail::equals).isEmpty()) {
            wrong(Checker.LETTERS, "row " + row.id() + " is called " + row.identity() + ", which is " + letter);
            return;
        }
        alike.computeIfAbsent(kind(letter), kind -> new ArrayList<>()).add(row);
    }

    /** As many rows as there were mails at most, and as many claims of one watch. */
    private void noneTwice(String kind, List<CatalogueMail> same) {
        String profile = kind.substring(0, kind.indexOf(':'));
        boolean join = server.box(profile).settings.sameContent() == SameContent.JOIN;
        int most = join ? 1 : letters.getOrDefault(kind, 0);
        if (same.size() > most) {
            wrong(Checker.TWICE, kind + " has " + same.size() + " rows, and there were " + most);
        }
        Map<String, Integer> taken = new HashMap<>();
        for (CatalogueMail row : same) {
            world.store
                    .read(tx -> tx.claims().of(row.id()))
                    .forEach(claim -> taken.merge(claim.watch(), 1, Integer::sum));
        }
        taken.forEach((watch, times) -> {
            if (times > most) {
                wrong(Checker.TWICE, watch + " took " + kind + " " + times + " times, and there were " + most);
            }
        });
    }

    /** Every mail that is there when all is calm. */
    private void hasARow(Letter letter) {
        Box box = server.box(letter.profile);
        boolean watched = box.watched.contains(letter.key.folder());
        if (!watched || !letter.there() || rows.containsKey(letter.identity())) {
            return;
        }
        boolean joined = box.settings.sameContent() == SameContent.JOIN && alike.containsKey(kind(letter));
        if (!joined && !beforeUs(letter, box.settings.firstLook())) {
            wrong(Checker.LETTERS, letter + " was passed over");
        }
    }

    /** It lay there, or somebody had read it, when the folder was looked at first, or first under new UIDs. */
    private boolean beforeUs(Letter letter, FirstLook mode) {
        return world.observed.beginnings.getOrDefault(letter.profile + "/" + letter.key.folder(), List.of()).stream()
                .anyMatch(at -> switch (mode) {
                    case ALL -> false;
                    case NOW -> letter.came <= at;
                    case UNREAD -> letter.seen <= at;
                });
    }

    private void isTrue(MailFact fact) {
        Letter letter = server.letter(fact.row.identity()).orElse(null);
        CatalogueMail now =
                world.store.read(tx -> tx.mails().find(fact.row.id())).orElse(null);
        if (letter == null || now == null) {
            wrong(Checker.LETTERS, "row " + fact.row.id() + " is of no mail");
            return;
        }
        if (fact.row.state() != CatalogueMail.State.QUARANTINED) {
            readElsewhere(fact, letter);
        }
        boolean other = server.copies(letter).stream().anyMatch(one -> one.lost != Observed.NEVER || one.renamed);
        if (now.state() == CatalogueMail.State.GONE && !other) {
            wrong(Checker.LETTERS, letter + " is said to be gone, and nobody had removed it");
        }
        boolean seen = server.copies(letter).stream().anyMatch(one -> one.seen != Observed.NEVER);
        if (now.state() == CatalogueMail.State.READ_ELSEWHERE && !seen) {
            wrong(Checker.ELSEWHERE, letter + " is said to be read by others, and was not");
        }
    }

    /** As the server showed it before its row was made: where it showed it both ways, both are right. */
    private void readElsewhere(MailFact fact, Letter letter) {
        List<Boolean> shown = letter.glances.stream()
                .filter(glance -> glance.at() <= fact.at)
                .map(Letter.Glance::seen)
                .distinct()
                .toList();
        boolean unreadOnly = server.box(letter.profile).settings.unreadOnly();
        boolean elsewhere = fact.row.state() == CatalogueMail.State.READ_ELSEWHERE;
        @Nullable Boolean must = !unreadOnly ? Boolean.FALSE : shown.size() == 1 ? shown.getFirst() : null;
        if (must != null && elsewhere != must) {
            wrong(Checker.ELSEWHERE, letter + " was shown as " + shown + ", and is noted as " + fact.row.state());
        }
        List<Claim> claims = world.store.read(tx -> tx.claims().of(fact.row.id()));
        if (elsewhere && !claims.isEmpty()) {
            wrong(Checker.ELSEWHERE, letter + " was read by others first, and was taken by " + claims.getFirst());
        }
    }
}
