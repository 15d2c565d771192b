#include "shared/io/blob_claims.hpp"

#include <algorithm>
#include <utility>

namespace hoso::io {

bool BlobClaims::brings(const File& claims, std::uint64_t peer) {
    return std::any_of(claims.peer_of.begin(), claims.peer_of.end(), [&](const auto& entry) { return entry.second == peer; });
}

bool BlobClaims::may_begin(const File& claims, std::uint64_t peer) {
    std::set<std::uint64_t> others;
    for (const auto& [chunk, each] : claims.peer_of) others.insert(each);
    return others.contains(peer) || others.size() < peers_max;
}

bool BlobClaims::claim(const log::FileId& file, std::uint64_t chunk, std::uint64_t peer) {
    File& claims = files_[file];
    const auto held = claims.peer_of.find(chunk);
    const bool mine = held == claims.peer_of.end() ? may_begin(claims, peer) : held->second == peer;
    if (mine) {
        claims.peer_of[chunk] = peer;
    } else {
        claims.refused = true;
    }
    return mine;
}

void BlobClaims::came(const log::FileId& file, std::uint64_t chunk, std::uint64_t peer) {
    const auto at = files_.find(file);
    if (at == files_.end()) return;
    const auto held = at->second.peer_of.find(chunk);
    if (held == at->second.peer_of.end() || held->second != peer) return;
    at->second.peer_of.erase(held);
    if (!brings(at->second, peer)) freed(at);
}

void BlobClaims::release(const log::FileId& file, std::uint64_t peer) {
    const auto at = files_.find(file);
    if (at == files_.end()) return;
    if (std::erase_if(at->second.peer_of, [&](const auto& entry) { return entry.second == peer; }) > 0) freed(at);
}

void BlobClaims::freed(std::map<log::FileId, File>::iterator at) {
    if (std::exchange(at->second.refused, false)) freed_.insert(at->first);
    if (at->second.peer_of.empty()) files_.erase(at);
}

std::set<log::FileId> BlobClaims::take_freed() { return std::exchange(freed_, {}); }

}  // namespace hoso::io
