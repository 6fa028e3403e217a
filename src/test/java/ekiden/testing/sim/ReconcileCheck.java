package ekiden.testing.sim;

import ekiden.http.Reconciling;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import ekiden.testing.sim.SimServer.Box;
import ekiden.testing.sim.Violation.Checker;
import java.util.Objects;

/** {@code reconcile} explains every mail that lies at a server, and counts those that others read first. */
final class ReconcileCheck {
    private final SimWorld world;

    ReconcileCheck(SimWorld world) {
        this.world = world;
    }

    void check() {
        for (Box box : world.server().boxes.values()) {
            box.watched.forEach(folder -> check(box, folder));
        }
    }

    private void check(Box box, String name) {
        MemoryFolder folder = Objects.requireNonNull(box.folders.get(name));
        UidSet all = UidSet.of(folder.uids());
        Reconciling.Count count = Reconciling.count(world.store, box.name, name, folder.uidValidity(), all);
        if (count.unexplained() > 0) {
            world.violate(Checker.RECONCILE, count.unexplained() + " unexplained mails in " + box.name + "/" + name);
        }
        long elsewhere = world.server().letters.stream()
                .filter(letter -> letter.there()
                        && letter.profile.equals(box.name)
                        && letter.key.folder().equals(name))
                .filter(letter -> world.store
                        .read(tx -> tx.mails().find(letter.identity()))
                        .filter(row -> row.state() == CatalogueMail.State.READ_ELSEWHERE)
                        .isPresent())
                .count();
        if (count.readElsewhere() != elsewhere) {
            world.violate(
                    Checker.RECONCILE,
                    "others read " + elsewhere + " mails first in " + box.name + "/" + name + ", counted are "
                            + count.readElsewhere());
        }
    }
}
