package ekiden.store;

import ekiden.store.memory.MemoryStore;

class MemoryStoreContractTest extends StoreContract {
    @Override
    Store open() {
        return new MemoryStore();
    }
}
