package ekiden.mail.address;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.send.MailAddresses;
import ekiden.model.mail.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One name on its way to addresses, through the books and the lists in them. Belongs to one thread. */
final class Expansion {
    private final Work work;
    /** Lists that were opened, so that lists in a circle end. */
    private final Set<String> opened = new HashSet<>();

    private final Map<String, Address> addresses = new LinkedHashMap<>();
    private String book = "";

    /** All names of one mail: they share books, time and limit. */
    static final class Work {
        private final Supplier<Result<List<AddressBook>>> books;
        private final AddressLimits limits;
        private final Clock clock;
        private final long begun;
        private int expanded;

        Work(Supplier<Result<List<AddressBook>>> books, AddressLimits limits, Clock clock, long begun) {
            this.books = books;
            this.limits = limits;
            this.clock = clock;
            this.begun = begun;
        }

        Duration left() {
            return limits.patience().minusNanos(clock.nanos() - begun);
        }
    }

    Expansion(Work work) {
        this.work = work;
    }

    /** The book that knew the name. */
    String book() {
        return book;
    }

    List<Address> addresses() {
        return List.copyOf(addresses.values());
    }

    /** Takes up what a name means; says what is wrong with it, or nothing. */
    @Nullable
    Problem name(String name, int depth) {
        if (name.length() > work.limits.nameChars()) {
            return Problem.of(
                    AddressMessage.LONG_NAME, "name", MailAddresses.shown(name), "limit", work.limits.nameChars());
        }
        return switch (work.books.get()) {
            case Result.Failed<List<AddressBook>>(Problem problem) -> problem;
            case Result.Ok<List<AddressBook>>(List<AddressBook> books) -> name(name, depth, books);
        };
    }

    private @Nullable Problem name(String name, int depth, List<AddressBook> books) {
        if (books.isEmpty()) {
            return Problem.of(AddressMessage.NO_BOOKS, "name", MailAddresses.shown(name));
        }
        List<Entry> similar = new ArrayList<>();
        for (AddressBook asked : books) {
            Duration left = work.left();
            if (left.isNegative() || left.isZero()) {
                return slow(name);
            }
            Result<Decision> decision =
                    asked.find(name, left).then(found -> Result.ok(Resolver.decide(found, asked.beginnings())));
            switch (decision) {
                case Result.Failed<Decision>(Problem problem) -> {
                    return problem;
                }
                case Result.Ok<Decision>(Decision.One(Entry entry)) -> {
                    book = book.isEmpty() ? asked.name() : book;
                    return entry(asked, entry, depth);
                }
                case Result.Ok<Decision>(Decision.Several(List<Entry> candidates)) -> {
                    return ambiguous(name, asked, candidates);
                }
                case Result.Ok<Decision>(Decision.Nobody(List<Entry> almost)) -> similar.addAll(almost);
            }
        }
        return unknown(name, books, similar);
    }

    private Problem slow(String name) {
        return Problem.of(
                AddressMessage.TOO_SLOW,
                "name",
                MailAddresses.shown(name),
                "limit",
                work.limits.patience().toSeconds() + " s");
    }

    private Problem ambiguous(String name, AddressBook asked, List<Entry> candidates) {
        return Problem.of(
                AddressMessage.AMBIGUOUS,
                "name",
                MailAddresses.shown(name),
                "book",
                asked.name(),
                "candidates",
                shown(candidates));
    }

    private Problem unknown(String name, List<AddressBook> books, List<Entry> similar) {
        return similar.isEmpty()
                ? Problem.of(AddressMessage.UNKNOWN, "name", MailAddresses.shown(name), "books", named(books))
                : Problem.of(
                        AddressMessage.UNKNOWN_SIMILAR,
                        "name",
                        MailAddresses.shown(name),
                        "books",
                        named(books),
                        "candidates",
                        shown(similar));
    }

    static String named(List<AddressBook> books) {
        return books.stream().map(AddressBook::name).collect(Collectors.joining(", "));
    }

    private String shown(List<Entry> candidates) {
        int most = work.limits.shown();
        String first = candidates.stream().limit(most).map(Expansion::shown).collect(Collectors.joining("; "));
        return candidates.size() > most ? first + "; …" : first;
    }

    private static String shown(Entry entry) {
        String address = switch (entry) {
            case Entry.Person person -> person.address();
            case Entry.Group group -> group.address();
        };
        String detail = entry.detail().isEmpty() ? "" : " (" + entry.detail() + ")";
        return MailAddresses.shown(entry.name() + (address == null ? "" : " <" + address + ">") + detail);
    }

    private @Nullable Problem entry(AddressBook asked, Entry entry, int depth) {
        return switch (entry) {
            case Entry.Person person -> mailbox(asked, person.name(), person.address());
            case Entry.Group group ->
                group.address() == null ? open(asked, group, depth) : mailbox(asked, group.name(), group.address());
        };
    }

    private @Nullable Problem mailbox(AddressBook asked, String name, @Nullable String address) {
        String shown = MailAddresses.shown(name);
        if (address == null || address.isBlank()) {
            return Problem.of(AddressMessage.NO_ADDRESS, "name", shown, "book", asked.name());
        }
        if (MailAddresses.wire(address).isEmpty()) {
            String bad = MailAddresses.shown(address);
            return Problem.of(AddressMessage.BAD_ADDRESS, "name", shown, "book", asked.name(), "address", bad);
        }
        boolean torn = name.isBlank() || name.chars().anyMatch(Character::isISOControl);
        return add(new Address(torn ? null : name, address));
    }

    private @Nullable Problem add(Address address) {
        if (addresses.putIfAbsent(address.address().toLowerCase(Locale.ROOT), address) == null) {
            work.expanded++;
        }
        return work.expanded > work.limits.expanded()
                ? Problem.of(AddressMessage.TOO_MANY, "limit", work.limits.expanded())
                : null;
    }

    private @Nullable Problem open(AddressBook asked, Entry.Group group, int depth) {
        if (!opened.add(asked.name() + '\n' + group.id())) {
            return null;
        }
        String list = MailAddresses.shown(group.name());
        if (depth >= work.limits.depth()) {
            return Problem.of(AddressMessage.TOO_DEEP, "list", list, "limit", work.limits.depth());
        }
        Duration left = work.left();
        if (left.isNegative() || left.isZero()) {
            return slow(group.name());
        }
        return switch (asked.members(group, left)) {
            case Result.Failed<List<Member>>(Problem problem) -> problem;
            case Result.Ok<List<Member>>(List<Member> members) ->
                members.isEmpty()
                        ? Problem.of(AddressMessage.EMPTY_LIST, "list", list, "book", asked.name())
                        : members(asked, list, members, depth);
        };
    }

    private @Nullable Problem members(AddressBook asked, String list, List<Member> members, int depth) {
        for (Member member : members) {
            Problem problem = switch (member) {
                case Member.Mailbox(Address address) -> mailbox(asked, address);
                case Member.Known(Entry entry) -> entry(asked, entry, depth + 1);
                case Member.Named(String name) -> name(name, depth + 1);
                case Member.Missing(String shown) ->
                    Problem.of(
                            AddressMessage.MISSING_MEMBER,
                            "list",
                            list,
                            "book",
                            asked.name(),
                            "member",
                            MailAddresses.shown(shown));
            };
            if (problem != null) {
                return problem;
            }
        }
        // A list that holds nothing but itself.
        return depth == 0 && addresses.isEmpty()
                ? Problem.of(AddressMessage.EMPTY_LIST, "list", list, "book", asked.name())
                : null;
    }

    private @Nullable Problem mailbox(AddressBook asked, Address address) {
        String name = address.name();
        return mailbox(asked, name == null ? "" : name, address.address());
    }
}
