#include "client/cli/numbers.hpp"

#include "client/text/words.hpp"

namespace hoso::client::cli {

Result<domain::Number> Numbers::take(domain::NumberKind kind) {
    for (const auto& [id, block] : registry_.blocks) {
        if (block.device != device_ || block.kind != kind) continue;
        for (std::uint64_t value = block.first; value <= block.last; ++value) {
            const auto number = static_cast<std::uint32_t>(value);
            if (block.used.contains(number) || !taken_.emplace(id, number).second) continue;
            return domain::Number{id, number};
        }
    }
    return Error{Errc::not_found, std::string("This desk has no ") + name(kind) +
                                      " number left: the administrator grants a block with hoso numbers grant; then sync."};
}

}  // namespace hoso::client::cli
