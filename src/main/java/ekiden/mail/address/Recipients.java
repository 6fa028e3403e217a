package ekiden.mail.address;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.send.MailAddresses;
import ekiden.model.mail.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a person wrote as the recipients of a mail into addresses. What has an at sign is an address and is looked up nowhere;
 * everything else is a name. The books are asked in their order, and the first that knows anybody of the name decides: what it cannot decide ends in a problem,
 * as does a book that cannot be read, for a later book might name somebody else.
 *
 * <p>Safe from any thread; blocks up to {@link AddressLimits#patience}.
 */
public final class Recipients {
    private final Supplier<Result<List<AddressBook>>> books;
    private final AddressLimits limits;
    private final Clock clock;

    /**
     * @param books in the order in which they are asked, or why their settings cannot be used; wanted only when there is a name to look up
     * @param limits bounds
     * @param clock counts the patience
     */
    public Recipients(Supplier<Result<List<AddressBook>>> books, AddressLimits limits, Clock clock) {
        this.books = books;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Looks all names up. Nothing of a mail is to be sent where this fails.
     *
     * @param to as they were written
     * @param cc as they were written
     * @param bcc as they were written
     * @return the addresses; or the first thing that is wrong
     */
    public Result<Addressed> resolve(List<String> to, List<String> cc, List<String> bcc) {
        Expansion.Work work = new Expansion.Work(books, limits, clock, clock.nanos());
        List<Addressed.Name> names = new ArrayList<>();
        return all(to, work, names)
                .then(toAll -> all(cc, work, names)
                        .then(ccAll -> all(bcc, work, names)
                                .then(bccAll -> Result.ok(new Addressed(toAll, ccAll, bccAll, names)))));
    }

    /**
     * Looks one name up, or reads an address.
     *
     * @param text as it was written
     * @return what it became; its book is empty where it is an address
     */
    public Result<Addressed.Name> resolve(String text) {
        return one(text, new Expansion.Work(books, limits, clock, clock.nanos()));
    }

    private static Result<List<Address>> all(List<String> texts, Expansion.Work work, List<Addressed.Name> names) {
        List<Address> addresses = new ArrayList<>();
        for (String text : texts) {
            switch (one(text, work)) {
                case Result.Failed<Addressed.Name>(Problem problem) -> {
                    return Result.failed(problem);
                }
                case Result.Ok<Addressed.Name>(Addressed.Name name) -> {
                    // An address that somebody wrote stays as it is; what a list brings need not come twice.
                    boolean written = name.book().isEmpty();
                    name.addresses().stream()
                            .filter(address -> written || !has(addresses, address))
                            .forEach(addresses::add);
                    if (!written) {
                        names.add(name);
                    }
                }
            }
        }
        return Result.ok(addresses);
    }

    private static boolean has(List<Address> addresses, Address one) {
        return addresses.stream().anyMatch(other -> other.address().equalsIgnoreCase(one.address()));
    }

    private static Result<Addressed.Name> one(String text, Expansion.Work work) {
        if (plain(text)) {
            return MailAddresses.parse(text).then(address -> Result.ok(new Addressed.Name(text, "", List.of(address))));
        }
        Expansion expansion = new Expansion(work);
        Problem problem = expansion.name(text, 0);
        return problem == null
                ? Result.ok(new Addressed.Name(text, expansion.book(), expansion.addresses()))
                : Result.failed(problem);
    }

    /** What is blank or has control characters is no name either, and told as a bad address. */
    static boolean plain(String text) {
        return text.indexOf('@') >= 0 || text.isBlank() || text.chars().anyMatch(Character::isISOControl);
    }

    /**
     * Whom the book that decides about a name takes it for; for people, who want to see more than a message names.
     *
     * @param name as it was written
     * @return at most {@link AddressLimits#candidates} for each book
     */
    public Result<List<Entry>> candidates(String name) {
        return books.get().then(all -> {
            List<Entry> similar = new ArrayList<>();
            for (AddressBook book : plain(name) ? List.<AddressBook>of() : all) {
                Result<Found> asked = book.find(name, limits.patience());
                if (asked instanceof Result.Failed<Found>(Problem problem)) {
                    return Result.failed(problem);
                }
                Found found = ((Result.Ok<Found>) asked).value();
                if (!(Resolver.decide(found, book.beginnings()) instanceof Decision.Nobody)) {
                    return Result.ok(found.whole().isEmpty() ? found.beginning() : found.whole());
                }
                similar.addAll(found.beginning());
            }
            return Result.ok(similar);
        });
    }

    /**
     * @param name of a book, or null for all
     * @return those books in their order
     */
    public Result<List<AddressBook>> books(@Nullable String name) {
        return books.get().then(all -> {
            List<AddressBook> named = all.stream()
                    .filter(book -> name == null || book.name().equals(name))
                    .toList();
            return name == null || !named.isEmpty()
                    ? Result.ok(named)
                    : Result.failed(AddressMessage.NO_SUCH_BOOK, "book", name, "books", Expansion.named(all));
        });
    }
}
