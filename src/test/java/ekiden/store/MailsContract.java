package ekiden.store;

import static ekiden.store.StoreSamples.at;
import static ekiden.store.StoreSamples.claim;
import static ekiden.store.StoreSamples.id;
import static ekiden.store.StoreSamples.mail;
import static ekiden.store.StoreSamples.raw;
import static ekiden.store.StoreSamples.serverMail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import ekiden.model.run.Claim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store does with the mail catalogue and claims. */
abstract class MailsContract extends RunsContract {
    private List<Long> untested(String mailbox, long after, long bornAt, int limit) {
        return store().read(t -> t.mails().untested(mailbox, after, bornAt, limit).stream()
                .map(CatalogueMail::id)
                .toList());
    }

    private List<Long> listed(String mailbox, State state, int limit) {
        return store().read(t -> t.mails().list(mailbox.isEmpty() ? null : mailbox, state, limit).stream()
                .map(CatalogueMail::id)
                .toList());
    }

    @Test
    void numbersOfMailsGrow() {
        List<Long> numbers = new ArrayList<>();
        commit(t -> {
            numbers.add(t.mails().nextId());
            numbers.add(t.mails().nextId());
            t.mails().insert(mail(numbers.get(0), "orders", "a"));
            t.mails().insert(mail(numbers.get(1), "orders", "b"));
        });
        assertThatThrownBy(() -> outcome(t -> {
                    t.mails().nextId();
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        commit(t -> numbers.add(t.mails().nextId()));
        assertThat(numbers.get(0)).isPositive();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aMailComesBackAsItWas() {
        CatalogueMail unread = mail(1, "注文", "1/7/42");
        CatalogueMail quarantined = new CatalogueMail(
                2,
                new MailIdentity("注文", "1/7/43"),
                null,
                at(2),
                State.QUARANTINED,
                null,
                null,
                MailSummary.UNREADABLE,
                StoreSamples.PROBLEM,
                StoreSamples.TRACE,
                1L);
        commit(t -> {
            t.mails().insert(unread);
            t.mails().insert(quarantined);
        });
        seen(t -> assertThat(t.mails().find(1)).contains(unread));
        seen(t -> assertThat(t.mails().find(2)).contains(quarantined));
        seen(t -> assertThat(t.mails().find(3)).isEmpty());
        CatalogueMail read = unread.in(State.READ, null);
        commit(t -> t.mails().update(read));
        seen(t -> assertThat(t.mails().find(1)).contains(read));
    }

    @Test
    void aMessageIdFindsAllMailsThatHaveItNewestFirst() {
        String odd = "<100%_a\\b\"'@例え.jp>";
        commit(t -> {
            t.mails().insert(withMessageId(1, odd));
            t.mails().insert(withMessageId(2, odd.replace("a", "A")));
            t.mails().insert(withMessageId(3, "<100xa@b>"));
            t.mails().insert(withMessageId(4, odd));
            t.mails().insert(withMessageId(5, null));
        });
        seen(t -> assertThat(t.mails().withMessageId(odd, 10))
                .extracting(CatalogueMail::id)
                .containsExactly(4L, 1L));
        seen(t -> assertThat(t.mails().withMessageId("<100%a@b>", 10)).isEmpty());
        seen(t -> assertThat(t.mails().withMessageId(odd, 1)).hasSize(1));
    }

    private static CatalogueMail withMessageId(long id, @Nullable String messageId) {
        CatalogueMail mail = mail(id, "orders", "k" + id);
        MailSummary some = mail.summary();
        MailSummary summary = new MailSummary(
                some.from(),
                some.to(),
                some.cc(),
                some.subject(),
                some.date(),
                messageId,
                some.attachments(),
                some.problems(),
                some.receipt(),
                null,
                List.of());
        return new CatalogueMail(
                mail.id(),
                mail.identity(),
                mail.raw(),
                mail.received(),
                mail.state(),
                mail.sender(),
                mail.recipient(),
                summary,
                mail.problem(),
                mail.trace(),
                mail.copyOf());
    }

    @Test
    void aMailThatIsNotThereCannotBeChanged() {
        assertThatThrownBy(() -> outcome(t -> t.mails().update(mail(1, "orders", "a"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNumberThatIsTakenIsAConflict() {
        commit(t -> t.mails().insert(mail(1, "orders", "a")));
        conflicts(t -> t.mails().insert(mail(1, "orders", "b")));
    }

    @Test
    void anIdentityFindsItsNewestMailAndIsOfOneMailbox() {
        commit(t -> {
            t.mails().insert(mail(1, "orders", "same"));
            t.mails().insert(mail(2, "orders", "same"));
            t.mails().insert(mail(3, "other", "same"));
        });
        seen(t -> assertThat(t.mails().find(new MailIdentity("orders", "same"))).contains(mail(2, "orders", "same")));
        seen(t -> assertThat(t.mails().find(new MailIdentity("orders", "SAME"))).isEmpty());
        seen(t -> assertThat(t.mails().newest("orders")).isEqualTo(2));
        seen(t -> assertThat(t.mails().newest("none")).isZero());
    }

    @Test
    void aNewWatchIsTestedAgainstUnreadMailsOldestFirst() {
        commit(t -> {
            for (long n = 1; n <= 6; n++) {
                t.mails().insert(mail(n, n == 5 ? "other" : "orders", "k" + n));
            }
            t.mails().update(mail(2, "orders", "k2").in(State.READ, null));
            t.mails().update(mail(3, "orders", "k3").in(State.QUARANTINED, StoreSamples.PROBLEM));
        });
        assertThat(untested("orders", 0, 6, 10)).containsExactly(1L, 4L, 6L);
        assertThat(untested("orders", 0, 6, 2)).containsExactly(1L, 4L);
        assertThat(untested("orders", 1, 6, 10)).containsExactly(4L, 6L);
        assertThat(untested("orders", 6, 6, 10)).isEmpty();
    }

    @Test
    void aClaimedMailIsTestedOnlyWhenItIsNewerThanTheWatch() {
        commit(t -> {
            for (long n = 1; n <= 4; n++) {
                t.mails().insert(mail(n, "orders", "k" + n));
            }
            t.claims().insert(claim(2, "start/a", 1));
            t.claims().insert(claim(3, "start/a", 2));
            t.claims().insert(claim(3, "start/b", 3));
        });
        assertThat(untested("orders", 0, 4, 10)).containsExactly(1L, 4L);
        assertThat(untested("orders", 0, 3, 10)).containsExactly(1L, 4L);
        assertThat(untested("orders", 0, 2, 10)).containsExactly(1L, 3L, 4L);
        assertThat(untested("orders", 0, 0, 10)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void mailsAreListedNewestFirstByMailboxAndState() {
        commit(t -> {
            t.mails().insert(mail(1, "orders", "a"));
            t.mails().insert(mail(2, "other", "b"));
            t.mails().insert(mail(3, "orders", "c"));
            t.mails().insert(mail(4, "orders", "d").in(State.QUARANTINED, StoreSamples.PROBLEM));
        });
        List<CatalogueMail> all = store().read(t -> t.mails().list(null, null, 10));
        assertThat(all).extracting(CatalogueMail::id).containsExactly(4L, 3L, 2L, 1L);
        seen(t -> assertThat(t.mails().list("orders", null, 2))
                .extracting(CatalogueMail::id)
                .containsExactly(4L, 3L));
        assertThat(listed("orders", State.UNREAD, 10)).containsExactly(3L, 1L);
        assertThat(listed("", State.UNREAD, 10)).containsExactly(3L, 2L, 1L);
        assertThat(listed("", State.QUARANTINED, 1)).containsExactly(4L);
        assertThat(listed("orders", State.DROPPED, 10)).isEmpty();
    }

    @Test
    void aMailThatLooksTheSameIsFoundInItsMailboxOnly() {
        CatalogueMail first = StoreSamples.serverMail(1, "orders", "INBOX/7/1", StoreSamples.TRACE);
        commit(t -> {
            t.mails().insert(first);
            t.mails().insert(StoreSamples.serverMail(2, "orders", "INBOX/7/2", StoreSamples.TRACE));
            t.mails().insert(mail(3, "orders", "c"));
        });
        seen(t -> assertThat(t.mails().like("orders", StoreSamples.TRACE)).contains(first));
        seen(t -> assertThat(t.mails().like("other", StoreSamples.TRACE)).isEmpty());
        seen(t -> assertThat(t.mails().like("orders", new Trace(1, "x"))).isEmpty());
    }

    @Test
    void theMailsOfAFolderComeInTheOrderOfTheirKeysPageByPage() {
        commit(t -> {
            t.mails().insert(StoreSamples.serverMail(1, "orders", "受信/7/2", StoreSamples.TRACE));
            t.mails().insert(StoreSamples.serverMail(2, "orders", "受信/7/10", StoreSamples.TRACE));
            t.mails().insert(StoreSamples.serverMail(3, "orders", "受信/70/1", StoreSamples.TRACE));
            t.mails().insert(StoreSamples.serverMail(4, "other", "受信/7/3", StoreSamples.TRACE));
        });
        seen(t -> assertThat(t.mails().under("orders", "受信/7/", "", 10))
                .extracting(CatalogueMail::id)
                .containsExactly(2L, 1L));
        seen(t -> assertThat(t.mails().under("orders", "受信/7/", "", 1))
                .extracting(CatalogueMail::id)
                .containsExactly(2L));
        seen(t -> assertThat(t.mails().under("orders", "受信/7/", "受信/7/10", 10))
                .extracting(CatalogueMail::id)
                .containsExactly(1L));
    }

    @Test
    void aCursorIsOfOneFolderOfOneMailboxAndTheLastOneCounts() {
        Cursor cursor = new Cursor("受信", 7, UidSet.parse("1:5,9"), List.of(4_294_967_295L, 8L));
        commit(t -> t.cursors().put("orders", cursor));
        commit(t -> t.cursors().put("orders", new Cursor("Archive", 4_294_967_295L, UidSet.EMPTY)));
        seen(t -> assertThat(t.cursors().find("orders", "受信")).contains(cursor));
        seen(t -> assertThat(t.cursors().find("other", "受信")).isEmpty());
        seen(t ->
                assertThat(t.cursors().of("orders")).extracting(Cursor::folder).containsExactly("Archive", "受信"));
        Cursor later = new Cursor("受信", 8, UidSet.of(1));
        commit(t -> t.cursors().put("orders", later));
        seen(t -> assertThat(t.cursors().find("orders", "受信")).contains(later));
    }

    @Test
    void theMailsWhoseBytesLieAtOnePlaceAreFound() {
        CatalogueMail gone = new CatalogueMail(
                3,
                new MailIdentity("orders", "c"),
                null,
                at(3),
                State.REMOVED,
                "",
                "orders@localhost",
                StoreSamples.summary("x"),
                null,
                null,
                null);
        commit(t -> {
            t.mails().insert(mail(1, "orders", "a"));
            t.mails().insert(mail(2, "orders", "b"));
            t.mails().insert(mail(3, "orders", "c"));
            t.mails().update(gone);
        });
        seen(t -> assertThat(t.mails().at("place-1")).containsExactly(mail(1, "orders", "a")));
        seen(t -> assertThat(t.mails().at("place-3")).isEmpty());
        seen(t -> assertThat(t.mails().pointsAt("place-1")).isTrue());
        seen(t -> assertThat(t.mails().pointsAt("place-3")).isFalse());
    }

    @Test
    void submissionsThatJoinedAMailAreKept() {
        commit(t -> {
            t.mails().insert(mail(1, "orders", "a"));
            t.mails().joined(1, at(20), raw("again-2"));
            t.mails().joined(1, at(10), raw("again-1"));
        });
        commit(t -> t.mails().joined(1, at(30), raw("again-3")));
        commit(t -> t.mails().joined(1, at(40), raw("again-1")));
        seen(t -> assertThat(t.mails().joins(1)).containsExactly(at(10), at(20), at(30)));
        seen(t -> assertThat(t.mails().joins(2)).isEmpty());
    }

    @Test
    void oneWatchTakesOneMailOnce() {
        commit(t -> t.claims().insert(claim(1, "start/a", 1)));
        conflicts(t -> {
            t.claims().insert(claim(2, "start/a", 2));
            t.claims().insert(claim(1, "start/a", 3));
        });
        seen(t -> assertThat(t.claims().of(2)).isEmpty());
        seen(t -> assertThat(t.claims().of(1)).containsExactly(claim(1, "start/a", 1)));
    }

    @Test
    void aClaimComesBackAsItWasAndAsItWasChanged() {
        Claim taken = claim(1, "job/" + id(1) + "/承認/1", 1);
        Claim saved = new Claim(
                taken.id(),
                1,
                taken.watch(),
                taken.rule(),
                taken.after(),
                taken.run(),
                "承認",
                Claim.State.SAVED,
                new SavedMail(
                        "/srv/受信",
                        "/srv/受信/body.txt",
                        null,
                        "/srv/受信/mail.eml",
                        List.of(new SavedMail.SavedFile("注文.xlsx", null, "text/plain", 3, null))),
                StoreSamples.PROBLEM,
                taken.at());
        commit(t -> t.claims().insert(taken));
        seen(t -> assertThat(t.claims().find(taken.id())).contains(taken));
        commit(t -> t.claims().update(saved));
        seen(t -> assertThat(t.claims().find(taken.id())).contains(saved));
        seen(t -> assertThat(t.claims().find("2@x")).isEmpty());
    }

    @Test
    void aClaimThatIsNotThereCannotBeChanged() {
        assertThatThrownBy(() -> outcome(t -> t.claims().update(claim(1, "start/a", 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void claimsAreFoundByMailAndByRunOldestFirst() {
        Claim late = claim(9, "start/a", 1);
        Claim early = claim(2, "start/a", 1);
        Claim other = claim(2, "start/b", 2);
        commit(t -> {
            t.claims().insert(late);
            t.claims().insert(other);
            t.claims().insert(early);
        });
        seen(t -> assertThat(t.claims().of(id(1))).containsExactly(early, late));
        seen(t -> assertThat(t.claims().of(2)).containsExactly(early, other));
        seen(t -> assertThat(t.claims().of(id(7))).isEmpty());
    }

    @Test
    void mailsOfOurOwnWhoseBytesLieHereAreFoundOldestFirst() {
        commit(t -> {
            t.mails().insert(mail(1, "orders", "a"));
            t.mails().insert(mail(2, "orders", "b").withoutRaw());
            t.mails().insert(mail(3, "other", "c"));
            t.mails().insert(serverMail(4, "box", "d", StoreSamples.TRACE));
            t.mails().insert(mail(5, "orders", "e"));
        });
        seen(t -> assertThat(t.mails().withBytes(0, 2))
                .extracting(CatalogueMail::id)
                .containsExactly(1L, 3L));
        seen(t -> assertThat(t.mails().withBytes(3, 2))
                .extracting(CatalogueMail::id)
                .containsExactly(5L));
    }
}
