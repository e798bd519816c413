package dev.kombo.engine.shopper;

import dev.kombo.engine.task.MapTable;

class ShopperTaskTest implements ShopperContract, ShopperLoginContract, ShopperErasureContract, ShopperClockContract {
    @Override
    public ShopperTables tables() {
        return new ShopperTables(
                new MapTable<>(), new MapTable<>(), new MapTable<>(), new MapTable<>(), new MapTable<>());
    }
}
