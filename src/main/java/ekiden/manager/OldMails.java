package ekiden.manager;

import ekiden.mail.match.Matcher;
import ekiden.mail.match.TestedMail;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Surroundings;
import ekiden.model.run.Watch;
import ekiden.store.Mails;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through the mails that a watch must still be tested against before it joins the stream. What the catalogue has of a mail rules most of
 * them out; only the others are given to the agent, which opens them. A look is bounded on both sides, so that whatever else waits for the store
 * gets its turn between two of them.
 */
final class OldMails {
    private static final int ROWS_AT_ONCE = 100;

    private final Scope scope;
    private final Mails mails;
    private final ManagerSettings settings;

    OldMails(Scope scope) {
        this.scope = scope;
        this.mails = scope.tx.mails();
        this.settings = scope.settings;
    }

    /**
     * What a look has found.
     *
     * @param candidates mails that may match, oldest first
     * @param upTo the last mail that was looked at
     * @param all whether there are no more
     */
    record Look(List<CatalogueMail> candidates, long upTo, boolean all) {}

    /** Looks at what lies behind the last mail the watch was tested against. */
    Look behind(Watch watch) {
        List<CatalogueMail> candidates = new ArrayList<>();
        Surroundings surroundings = new Surroundings(OwnMails.domain(scope.tx), null);
        long upTo = watch.testedUpTo();
        int looked = 0;
        boolean all = false;
        while (!all && looked < settings.lookBatch() && candidates.size() < settings.testBatch()) {
            int rows = Math.min(ROWS_AT_ONCE, settings.lookBatch() - looked);
            List<CatalogueMail> page = mails.untested(watch.mailbox(), upTo, watch.bornAt(), rows);
            all = page.size() < rows;
            looked += page.size();
            for (CatalogueMail mail : page) {
                if (candidates.size() == settings.testBatch()) {
                    return new Look(candidates, upTo, false);
                }
                upTo = mail.id();
                // one that was not found again under new UIDs nobody could look at: its watch would wait for ever
                if (Matcher.mayMatch(watch.rule().conditions(), tested(mail, surroundings))
                        && !scope.mails.isLost(mail)) {
                    candidates.add(mail);
                }
            }
        }
        return new Look(candidates, upTo, all);
    }

    private static TestedMail tested(CatalogueMail mail, Surroundings surroundings) {
        return TestedMail.catalogue(mail.summary(), mail.size(), mail.sender(), surroundings);
    }
}
