#pragma once

#include <map>
#include <optional>

#include "client/audit/verifier.hpp"
#include "shared/io/database.hpp"
#include "shared/io/tile_tree.hpp"

namespace hoso::client::audit {

// The tree of a whole log as it is stored beside the events, held against the events themselves.
class StoredTiles {
public:
    explicit StoredTiles(const io::Database& database);

    // What stands there for a leaf; empty where nothing does. Positions are asked for in order.
    std::optional<Hash> leaf(Position position);
    // The next leaf as it is: a fault when it fills a tile that is missing, or that is stored otherwise.
    std::optional<Fault> append(const Hash& leaf);
    // A fault when hashes of events stand there that a log of this size does not hold.
    std::optional<Fault> check_end(Position size) const;

private:
    const io::Database& database_;
    std::map<Position, Hash> newest_;  // of the unfinished tile, out of the rows beside the full ones
    std::uint64_t index_ = ~std::uint64_t{0};
    std::string tile_;
    io::TileTree tree_;
};

}  // namespace hoso::client::audit
