package ekiden.testing;

import org.jspecify.annotations.Nullable;

/** An entry of a folder: equal names in equal-looking folders are different entries. */
record MemoryKey(MemoryNode folder, String name) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MemoryKey key && key.folder == folder && key.name.equals(name);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(folder) * 31 + name.hashCode();
    }
}
