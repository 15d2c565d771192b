#pragma once

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "shared/base/check.hpp"

// Maps and sets in one sorted vector, spelled like std::flat_map and std::flat_set, which will replace them. For a handful of
// entries in very many objects: there a node of std::map costs as much again as its entry. Not for what a stranger can make long,
// because an insertion moves what follows, and every reference with it.
namespace hoso {

// Room for one more: by an eighth, because doubling leaves a third of many short vectors empty for good.
template <typename Entry>
void make_room(std::vector<Entry>& in) {
    if (in.size() == in.capacity()) in.reserve(in.size() + in.size() / 8 + 1);
}

template <typename Key, typename Value>
class FlatMap {
public:
    using value_type = std::pair<Key, Value>;
    using iterator = typename std::vector<value_type>::iterator;
    using const_iterator = typename std::vector<value_type>::const_iterator;

    iterator begin() { return entries_.begin(); }
    iterator end() { return entries_.end(); }
    const_iterator begin() const { return entries_.begin(); }
    const_iterator end() const { return entries_.end(); }
    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    void clear() { entries_.clear(); }

    iterator find(const Key& key) { return begin() + (std::as_const(*this).find(key) - entries_.cbegin()); }
    const_iterator find(const Key& key) const {
        const auto at = place_of(key);
        return at != end() && at->first == key ? at : end();
    }
    bool contains(const Key& key) const { return find(key) != end(); }
    const Value& at(const Key& key) const {
        const auto found = find(key);
        CHECK(found != end());
        return found->second;
    }
    Value& at(const Key& key) { return const_cast<Value&>(std::as_const(*this).at(key)); }
    Value& operator[](const Key& key) {
        if (const auto found = find(key); found != end()) return found->second;
        make_room(entries_);
        return entries_.insert(place_of(key), {key, Value{}})->second;
    }
    std::size_t erase(const Key& key) {
        const auto found = find(key);
        if (found == end()) return 0;
        entries_.erase(found);
        return 1;
    }

private:
    const_iterator place_of(const Key& key) const {
        return std::lower_bound(begin(), end(), key,
                                [](const value_type& entry, const Key& wanted) { return entry.first < wanted; });
    }

    std::vector<value_type> entries_;
};

template <typename Key>
class FlatSet {
public:
    FlatSet() = default;
    FlatSet(std::initializer_list<Key> keys) : FlatSet(keys.begin(), keys.end()) {}
    template <typename Iterator>
    FlatSet(Iterator from, Iterator to) : keys_(from, to) {
        std::sort(keys_.begin(), keys_.end());
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    }

    auto begin() const { return keys_.begin(); }
    auto end() const { return keys_.end(); }
    std::size_t size() const { return keys_.size(); }
    bool empty() const { return keys_.empty(); }
    bool contains(const Key& key) const { return std::binary_search(begin(), end(), key); }
    void insert(const Key& key) {
        const auto at = std::lower_bound(begin(), end(), key);
        if (at != end() && *at == key) return;
        const auto place = at - begin();
        make_room(keys_);
        keys_.insert(begin() + place, key);
    }
    std::size_t erase(const Key& key) {
        if (!contains(key)) return 0;
        keys_.erase(std::lower_bound(begin(), end(), key));
        return 1;
    }

private:
    std::vector<Key> keys_;
};

}  // namespace hoso
