#include "shared/base/flat_map.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "tests/support/prng.hpp"

namespace hoso {
namespace {

template <typename One, typename Other>
void expect_same(const One& one, const Other& other) {
    ASSERT_EQ(one.size(), other.size());
    EXPECT_EQ(one.empty(), other.empty());
    EXPECT_TRUE(std::equal(one.begin(), one.end(), other.begin(), [](const auto& a, const auto& b) {
        if constexpr (requires { a.first; }) {
            return a.first == b.first && a.second == b.second;
        } else {
            return a == b;
        }
    }));
}

TEST(FlatMap, HoldsWhatAMapHolds) {
    tests::Random random(7);
    FlatMap<std::string, int> flat;
    std::map<std::string, int> map;
    for (int step = 0; step < 2'000; ++step) {
        const std::string key = "key " + std::to_string(random.below(60));
        switch (random.below(4)) {
            case 0: EXPECT_EQ(flat.erase(key), map.erase(key)); break;
            case 1: EXPECT_EQ(flat.contains(key), map.contains(key)); break;
            default: flat[key] = map[key] = step;
        }
        ASSERT_EQ(flat.find(key) == flat.end(), map.find(key) == map.end());
        if (map.contains(key)) {
            ASSERT_EQ(flat.at(key), map.at(key));
        }
    }
    expect_same(flat, map);
    const auto copy = flat;
    expect_same(copy, map);
    flat.clear();
    EXPECT_TRUE(flat.empty());
    EXPECT_EQ(flat["new"], 0);
    EXPECT_DEATH(copy.at("none"), "broken promise");
}

TEST(FlatMap, KeepsLittleRoomToSpare) {
    std::vector<int> many;
    for (int i = 0; i < 1'000; ++i) {
        make_room(many);
        many.push_back(i);
        ASSERT_LE(many.capacity(), many.size() + many.size() / 8 + 1);
    }
}

TEST(FlatSet, HoldsWhatASetHolds) {
    tests::Random random(8);
    FlatSet<int> flat;
    std::set<int> set;
    for (int step = 0; step < 2'000; ++step) {
        const int key = static_cast<int>(random.below(60));
        if (random.chance(30)) {
            EXPECT_EQ(flat.erase(key), set.erase(key));
        } else {
            flat.insert(key);
            set.insert(key);
        }
        ASSERT_EQ(flat.contains(key), set.contains(key));
    }
    expect_same(flat, set);
    const int unsorted[] = {3, 1, 3, 2};
    expect_same(FlatSet<int>(std::begin(unsorted), std::end(unsorted)), std::set<int>{1, 2, 3});
    expect_same(FlatSet<int>{2, 1, 2}, std::set<int>{1, 2});
}

}  // namespace
}  // namespace hoso
