package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import ekiden.base.Clock;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Found;
import ekiden.mail.address.Member;
import ekiden.mail.address.Names;
import ekiden.mail.connect.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A directory as an address book. The server finds who may be meant, and names are compared here, as in all books. Safe from any thread.
 */
public final class LdapBook implements AddressBook {
    private final BookSettings.Ldap settings;
    private final Schema schema;
    private final Result<Filters> filters;
    private final Connections connections;
    private final AddressLimits limits;
    private final Members members;
    private final Pages pages;

    /**
     * What the settings name and others keep.
     *
     * @param password the password now; not asked where nobody logs in
     * @param trust which certificates are believed now
     * @param clock counts deadlines
     * @param tasks end an answer that does not come to its end
     */
    public record Means(Supplier<Result<String>> password, Supplier<Result<Trust>> trust, Clock clock, Tasks tasks) {}

    /**
     * @param settings of the book
     * @param means password, certificates, clock, tasks
     * @param limits bounds of looking names up
     * @param own bounds of asking a directory
     */
    public LdapBook(BookSettings.Ldap settings, Means means, AddressLimits limits, LdapLimits own) {
        this.settings = settings;
        this.schema = Schema.of(settings);
        this.filters = Filters.of(settings, schema, own);
        this.limits = limits;
        this.connections = new Connections(settings, () -> access(settings, means), means.tasks(), own);
        this.members = new Members(settings, schema, connections, means.clock(), own);
        this.pages = new Pages(settings, schema, connections, means.clock());
    }

    private static Result<Connections.Access> access(BookSettings.Ldap settings, Means means) {
        Result<String> password =
                settings.user() == null ? Result.ok("") : means.password().get();
        return password.then(
                secret -> means.trust().get().then(trust -> Result.ok(new Connections.Access(secret, trust))));
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public boolean beginnings() {
        return settings.match() == BookSettings.Match.BEGINNING;
    }

    @Override
    public Result<Found> find(String name, Duration within) {
        if (Names.fold(name).isEmpty()) {
            return Result.ok(Found.NOBODY);
        }
        return filters.then(asked -> search(asked.whole(name), within)
                .then(first -> sorted(first, name).whole().isEmpty()
                        ? search(asked.beginning(name), within).then(then -> Result.ok(sorted(then, name)))
                        : Result.ok(sorted(first, name))));
    }

    /** Whole names and the rest, as this side compares. */
    private Found sorted(Answer answer, String name) {
        String folded = Names.fold(name);
        List<Entry> whole = new ArrayList<>();
        List<Entry> beginning = new ArrayList<>();
        for (Entry entry : answer.entries()) {
            boolean same =
                    entry.names().stream().anyMatch(one -> Names.fold(one).equals(folded));
            if (same) {
                whole.add(entry);
            } else if (!schema.anr() || Beginnings.of(entry, name)) {
                beginning.add(entry);
            }
        }
        return new Found(
                whole.stream().limit(limits.candidates()).toList(),
                whole.isEmpty() ? beginning.stream().limit(limits.candidates()).toList() : List.of(),
                answer.more());
    }

    /** What a search brought. */
    private record Answer(List<Entry> entries, boolean more) {}

    private Result<Answer> search(@Nullable Filter filter, Duration within) {
        if (filter == null) {
            return Result.ok(new Answer(List.of(), false));
        }
        return connections.pool().then(pool -> search(pool, filter, within));
    }

    private Result<Answer> search(LDAPConnectionPool pool, Filter filter, Duration within) {
        SearchRequest request = new SearchRequest(settings.base(), SearchScope.SUB, filter, schema.wanted());
        request.setSizeLimit(limits.candidates() + 1);
        request.setResponseTimeoutMillis(Connections.millis(settings.timeout(), within));
        try {
            return Result.ok(answer(
                    connections
                            .with(pool, one -> connections.search(one, request, within))
                            .getSearchEntries(),
                    false));
        } catch (LDAPException wrong) {
            return wrong instanceof LDAPSearchException some
                            && some.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)
                    ? Result.ok(answer(some.getSearchEntries(), true))
                    : Result.failed(connections.problem(wrong));
        }
    }

    private Answer answer(@Nullable List<SearchResultEntry> found, boolean cut) {
        List<Entry> entries =
                found == null ? List.of() : found.stream().map(schema::entry).toList();
        return new Answer(entries, cut || entries.size() > limits.candidates());
    }

    @Override
    public Result<List<Member>> members(Entry.Group group, Duration within) {
        return members.of(group, within);
    }

    @Override
    public Result<Listing> list(int most, Duration within) {
        return filters.then(asked -> pages.of(asked.all(), most, within));
    }

    @Override
    public void close() {
        connections.close();
    }
}
