package ekiden.manager;

import ekiden.engine.FileRetention;
import ekiden.link.ManagerLink.FormerFiles;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Transaction;
import java.util.Optional;

/**
 * Whether the files of a mail may make room for those of another (collision {@code overwrite}). They stay until the run that has them has ended, and
 * mails that start runs of one jobnet take their turns by the numbers of these: the newest one's files are those that stay.
 */
final class Replacement {
    private Replacement() {}

    static FormerFiles of(Transaction tx, String claim, String former) {
        Claim there = tx.claims().find(former).orElse(null);
        SavedMail saved = there == null ? null : FileRetention.files(there);
        Claim own = tx.claims().find(claim).orElse(null);
        if (there != null && there.state() == Claim.State.TAKEN) {
            return new FormerFiles(null, whose(tx, there));
        }
        if (there == null || saved == null || own == null) {
            return new FormerFiles(saved, null);
        }
        Optional<Run> reader = tx.runs()
                .find(there.run())
                .filter(run -> !run.status().ended() && !run.id().equals(own.run()));
        return new FormerFiles(
                saved, reader.or(() -> earlier(tx, own)).map(Run::label).orElse(null));
    }

    /** Its folder is there already, its report is not. */
    private static String whose(Transaction tx, Claim taken) {
        return tx.runs().find(taken.run()).map(Run::label).orElse(taken.id());
    }

    private static Optional<Run> earlier(Transaction tx, Claim own) {
        if (own.job() != null) {
            return Optional.empty();
        }
        return tx.runs()
                .find(own.run())
                .flatMap(run -> tx.runs()
                        .first(run.unit(), RunStatus.PREPARING)
                        .filter(first -> first.number() < run.number()));
    }
}
