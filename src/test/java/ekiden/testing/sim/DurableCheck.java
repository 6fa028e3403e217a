package ekiden.testing.sim;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.RawMail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** At the moment of a 250: the row is committed, and a crash now would leave every byte. */
final class DurableCheck {
    private final SimWorld world;

    DurableCheck(SimWorld world) {
        this.world = world;
    }

    void acknowledged(SimMail mail) {
        Map<Path, byte[]> durable = world.disk.durableFiles();
        List<CatalogueMail> rows = world.mails();
        for (String recipient : mail.rows().values()) {
            List<CatalogueMail> own = rows.stream()
                    .filter(row ->
                            recipient.equals(row.recipient()) && mail.sender().equals(row.sender()))
                    .filter(row ->
                            world.observed.outside(row).filter(mail::equals).isPresent())
                    .toList();
            if (own.isEmpty()) {
                world.violate(
                        Violation.Checker.DURABLE, "250 for mail " + mail.number() + ", which is not in the catalogue");
            }
            own.stream()
                    .filter(row -> needed(row) && !kept(row.raw(), mail, durable))
                    .forEach(row -> world.violate(
                            Violation.Checker.DURABLE,
                            "250 for mail " + mail.number() + ", whose bytes a crash could still take"));
        }
    }

    /** A mail at a server was taken: its bytes are here, and a crash now would leave them. */
    void taken(CatalogueMail row) {
        SimMail outside = world.observed.outside(row).orElse(null);
        if (outside == null || !kept(row.raw(), outside, world.disk.durableFiles())) {
            world.violate(
                    Violation.Checker.DURABLE,
                    "mail " + row.id() + " was taken, and a crash could still take its bytes: " + row.raw());
        }
    }

    private static boolean needed(CatalogueMail row) {
        return switch (row.state()) {
            case UNREAD, READ, QUARANTINED -> true;
            case REMOVED, DROPPED, READ_ELSEWHERE, GONE -> false;
        };
    }

    private static boolean kept(@Nullable RawMail raw, SimMail mail, Map<Path, byte[]> durable) {
        return raw != null
                && durable.entrySet().stream()
                        .filter(file -> file.getKey().startsWith(SimWorld.SPOOL))
                        .filter(file -> file.getKey().getFileName().toString().startsWith(raw.place() + "."))
                        .anyMatch(file ->
                                new String(file.getValue(), StandardCharsets.ISO_8859_1).contains(mail.bytes()));
    }

    /** Whatever the catalogue still needs lies in the spool. */
    void atTheEnd() {
        Map<Path, byte[]> files = world.disk.files();
        for (CatalogueMail row : world.mails()) {
            SimMail outside = world.observed.outside(row).orElse(null);
            boolean here = row.raw() != null || !row.atServer();
            if (outside != null && here && needed(row) && !kept(row.raw(), outside, files)) {
                world.violate(Violation.Checker.DURABLE, "the bytes of mail " + row.id() + " are gone");
            }
        }
    }
}
