#include "client/web/embed/assets.hpp"

#include <algorithm>

namespace hoso::client::web {

const Asset* find(std::string_view path) {
    const std::span<const Asset> assets = all();
    const auto found = std::lower_bound(assets.begin(), assets.end(), path,
                                        [](const Asset& asset, std::string_view wanted) { return asset.path < wanted; });
    return found != assets.end() && found->path == path ? &*found : nullptr;
}

}  // namespace hoso::client::web
