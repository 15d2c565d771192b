#include "tests/bench/scale.hpp"

#include <malloc.h>
#include <unistd.h>

#include <fstream>

#include "tests/bench/figures.hpp"
#include "tests/bench/lists.hpp"
#include "tests/bench/programme.hpp"

namespace hoso::bench {
namespace {

// Bytes the process holds now, with what is free given back, and those of them that the heap has handed out.
struct Memory {
    double resident = 0;
    double used = 0;
};

Memory memory_now() {
    malloc_trim(0);
    std::ifstream statm("/proc/self/statm");
    double pages = 0;
    statm >> pages >> pages;
    const auto heap = mallinfo2();
    return {pages * static_cast<double>(sysconf(_SC_PAGESIZE)), static_cast<double>(heap.uordblks + heap.hblkhd)};
}

std::size_t sheets_of(const replica::State& state) {
    std::size_t sheets = 0;
    for (const auto& [id, meeting] : state.registry.meetings) sheets += meeting.sheets.size();
    return sheets;
}

// The part of the judge's work that no machine of ours makes cheaper: one X25519 for every sheet that is counted.
double opened_per_second() {
    const BoxPrivateKey key{Hash{}.bytes};
    constexpr std::size_t tries = 2'000;
    const Bytes sealed(150, 0x3C);
    const ProcessorWatch watch;
    for (std::size_t i = 0; i < tries; ++i) open_sealed(key, sealed);
    return tries / watch.seconds();
}

}  // namespace

void scale(const std::filesystem::path& schema, std::size_t dossiers) {
    section("A province's programme of four years, folded in memory event by event");
    const Memory before = memory_now();
    History history;
    Province province(history, schema);
    Programme programme(history, province, dossiers);
    const Stopwatch whole;
    const ProcessorWatch processor;
    programme.run();
    const double elapsed = whole.seconds();
    const double computed = processor.seconds();
    const Memory after = memory_now();

    const auto events = static_cast<double>(history.replica().size());
    const auto count = static_cast<double>(dossiers);
    const auto sheets = static_cast<double>(sheets_of(history.state()));
    amount("dossiers", count, "");
    amount("products", static_cast<double>(programme.products().size()), "");
    amount("events per dossier", events / count, "");
    amount("events held by the judge / void", static_cast<double>(history.held), "");
    amount("  void", static_cast<double>(history.voided), "");
    amount("with the making of the actions", elapsed, "s");
    amount("  of the processor", computed, "s");
    rate("fold and judge again; no signatures, they were not made", events, history.fold_seconds, "events");
    rate("  in the processor's time", events, history.fold_seconds / elapsed * computed, "events");
    rate("limit: decode the same actions", events, history.decode_seconds, "events");
    rate("limit: open a sealed sheet", opened_per_second(), 1, "sheets");
    ratio("fold / decode", history.decode_seconds / history.fold_seconds, "");
    const double opening = sheets / opened_per_second();
    ratio("fold / decode and open the sheets counted", (history.decode_seconds + opening) / history.fold_seconds, "");
    amount("resident, grown by", (after.resident - before.resident) / 1e6, "MB");
    amount("resident per dossier", (after.resident - before.resident) / count, "B");
    amount("  of it handed out by the heap", (after.used - before.used) / count, "B");
    amount("limit: the log's own bytes per dossier, uncompressed", static_cast<double>(history.leaf_bytes) / count, "B");
    ratio("resident / log", (after.resident - before.resident) / static_cast<double>(history.leaf_bytes), "");
    lists(history, programme);
}

}  // namespace hoso::bench
