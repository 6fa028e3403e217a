package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import ekiden.base.Result;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Preset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a directory is asked. Values become part of a filter as they are, and never its text. Pure. */
final class Filters {
    /** Who can get mail. */
    private static final String GENERIC =
            "(|(mail=*)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=nisMailAlias))";
    /** The global address list: who has an address and is not hidden from address lists. */
    private static final String ACTIVE_DIRECTORY =
            "(&(|(mail=*)(proxyAddresses=*))(!(msExchHideFromAddressLists=TRUE)))";

    private final Filter all;
    private final Schema schema;
    private final LdapLimits limits;

    private Filters(Filter all, Schema schema, LdapLimits limits) {
        this.all = all;
        this.schema = schema;
        this.limits = limits;
    }

    static Result<Filters> of(BookSettings.Ldap settings, Schema schema, LdapLimits limits) {
        String own = settings.filter();
        String preset = settings.preset() == Preset.ACTIVE_DIRECTORY ? ACTIVE_DIRECTORY : GENERIC;
        try {
            Filter usual = Filter.create(preset);
            Filter all = settings.preset() == Preset.ACTIVE_DIRECTORY && own != null
                    ? Filter.createANDFilter(usual, Filter.create(own))
                    : Filter.create(own == null ? preset : own);
            return Result.ok(new Filters(all, schema, limits));
        } catch (LDAPException wrong) {
            return Result.failed(AddressMessage.BAD_FILTER, "book", settings.name(), "filter", String.valueOf(own));
        }
    }

    /** Everybody in the book. */
    Filter all() {
        return all;
    }

    /** Who bears the name, whatever of its parts are written apart; null where nothing of it can be asked. */
    @Nullable
    Filter whole(String name) {
        NameVariants variants = NameVariants.of(name, limits);
        List<Filter> any = new ArrayList<>();
        for (String attribute : schema.names()) {
            variants.whole().forEach(value -> any.add(Filter.createEqualityFilter(attribute, value)));
        }
        for (Schema.Parts parts : schema.parts()) {
            variants.pairs()
                    .forEach(pair -> any.add(Filter.createANDFilter(
                            Filter.createEqualityFilter(parts.family(), pair.family()),
                            Filter.createEqualityFilter(parts.given(), pair.given()))));
        }
        return any.isEmpty() ? null : Filter.createANDFilter(all, Filter.createORFilter(any));
    }

    /** Whose name begins so: by ambiguous-name resolution where the server has it. */
    @Nullable
    Filter beginning(String name) {
        List<Filter> any = new ArrayList<>();
        for (String value : NameVariants.of(name, limits).whole()) {
            if (schema.anr()) {
                any.add(Filter.createEqualityFilter("anr", value));
                continue;
            }
            for (String attribute : schema.names()) {
                any.add(Filter.createSubInitialFilter(attribute, value));
            }
        }
        return any.isEmpty() ? null : Filter.createANDFilter(all, Filter.createORFilter(any));
    }
}
