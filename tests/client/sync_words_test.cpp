#include "client/text/sync_words.hpp"

#include <gtest/gtest.h>

#include <tuple>

// The sentence of the status bar, in both languages.
namespace hoso::client {
namespace {

TEST(SyncWords, TheFiveStatesOfSync) {
    EXPECT_EQ(sync_state({}), SyncState::all_sent);
    EXPECT_EQ(sync_state({.failing_since = 1}), SyncState::all_sent) << "offline with nothing to send is no alarm";
    EXPECT_EQ(sync_state({.waiting = 2}), SyncState::waiting);
    EXPECT_EQ(sync_state({.waiting = 2, .live = true}), SyncState::sending);
    EXPECT_EQ(sync_state({.waiting = 2, .failing_since = 1}), SyncState::cannot_connect);
    EXPECT_EQ(sync_state({.refused = 1, .live = true}), SyncState::needs_you);
    EXPECT_EQ(sync_state({.held = 1, .live = true}), SyncState::needs_you);
}

TEST(SyncWords, WhatTheProvinceSaysOfFilesIsSaidToPeople) {
    const std::tuple<SyncFacts, SyncState, const char*, const char*> rows[] = {
        {{.live = true, .files = 2, .file_bytes = 1'100'000},
         SyncState::sending,
         "Đang gửi 2 tệp, 1,1 MB chưa gửi",
         "2 files, 1,1 MB left"},
        {{.waiting = 4, .sent = 2, .live = true, .files = 2, .file_bytes = 1'100'000, .file_percent = 62},
         SyncState::sending,
         "Đang gửi 2/4 · 2 tệp, 1,1 MB chưa gửi (tệp đang gửi: 62%)",
         "Sending 2/4 · 2 files, 1,1 MB left (the file under way: 62%)"},
        {{.live = true, .files = 2, .file_bytes = 900, .files_full = 2},
         SyncState::needs_you,
         "2 tệp tỉnh chưa nhận vì đĩa của tỉnh đã đầy — hãy báo cho tỉnh · 2 tệp, 1 kB chờ gửi",
         "2 files not taken, the disk of the province is full: tell the province · 2 files, 1 kB waiting to be sent"},
        {{.live = true, .files = 1, .file_bytes = 900, .files_refused = 1},
         SyncState::needs_you,
         "1 tệp tỉnh không nhận vì không hồ sơ nào ở tỉnh dẫn tới — hãy hỏi tỉnh · 1 tệp, 1 kB chờ gửi",
         "1 file not taken, no document at the province cites it: ask the province · 1 file, 1 kB waiting to be sent"},
        {{.live = true, .files = 1, .file_bytes = 900, .files_quota = 1},
         SyncState::waiting,
         "1 tệp, 1 kB chờ gửi · 1 tệp tỉnh chưa nhận vì máy này đã gửi hết mức trong ngày; ngày mai gửi tiếp",
         "this desk has sent what the province takes in a day: it goes on tomorrow"},
        {{.live = true, .files = 3, .file_bytes = 900, .files_later = 3},
         SyncState::waiting,
         "3 tệp, 1 kB chờ gửi · 3 tệp tỉnh chưa nhận được, máy sẽ tự gửi lại",
         "3 files not taken for now"},
        {{.live = true, .files = 3, .file_bytes = 900, .files_later = 1},
         SyncState::sending,
         "1 tệp tỉnh chưa nhận được",
         "1 file not taken"},
        {{.waiting = 2, .live = true, .files = 3, .file_bytes = 900, .files_later = 3},
         SyncState::sending,
         "Đang gửi 0/2",
         "3 files not taken"},
        {{.files_trouble = "Why."},
         SyncState::needs_you,
         "không mở được thư mục tệp minh chứng, mọi việc khác vẫn làm được: Why.",
         "the folder of evidence files cannot be opened, everything else works: Why."},
    };
    for (const auto& [facts, state, vi, en] : rows) {
        EXPECT_EQ(sync_state(facts), state) << vi;
        EXPECT_NE(sentence(Language::vi, facts).find(vi), std::string::npos) << sentence(Language::vi, facts);
        EXPECT_NE(sentence(Language::en, facts).find(en), std::string::npos) << sentence(Language::en, facts);
    }
}

TEST(SyncWords, TheStatesOfSyncAreWordedAsAgreed) {
    const Instant now = *instant_from_text("2023-12-15T15:00:00+07:00");
    const Instant today = *instant_from_text("2023-12-15T09:12:59+07:00");
    const Instant yesterday = *instant_from_text("2023-12-14T08:15:00+07:00");
    const Instant before = *instant_from_text("2023-11-02T23:59:00+07:00");
    const std::pair<SyncFacts, const char*> rows[] = {
        {{.now = now}, "Đã gửi hết"},
        {{.last_exchange = today, .now = now}, "Đã gửi hết · tỉnh nhận lúc 09:12 hôm nay"},
        {{.waiting = 4, .now = now}, "4 việc chờ gửi"},
        {{.waiting = 4, .last_exchange = yesterday, .now = now}, "4 việc chờ gửi · gửi lần cuối 08:15 hôm qua"},
        {{.waiting = 4, .last_exchange = before, .now = now}, "4 việc chờ gửi · gửi lần cuối 23:59 ngày 02/11/2023"},
        {{.waiting = 4, .sent = 2, .live = true, .now = now}, "Đang gửi 2/4"},
        {{.waiting = 4, .failing_since = today, .now = now},
         "Không kết nối được tỉnh từ 09:12 — dữ liệu vẫn an toàn trên máy. 4 việc chờ gửi"},
        {{.waiting = 4, .failing_since = yesterday, .now = now},
         "Không kết nối được tỉnh từ 08:15 hôm qua — dữ liệu vẫn an toàn trên máy. 4 việc chờ gửi"},
        {{.trouble = "Máy này đã dừng.", .now = now}, "CẦN XỬ LÝ NGAY: Máy này đã dừng."},
        {{.here = 3, .known = 90, .now = now}, "Đã gửi hết · dữ liệu của tỉnh chưa về đủ: 3/90"},
        {{.refused = 1, .now = now}, "1 việc bị trả lại — cần sửa."},
        {{.waiting = 3, .refused = 1, .held = 2, .now = now},
         "1 việc bị trả lại — cần sửa; 2 việc bị treo — chờ người có thẩm quyền. · 3 việc chờ gửi"},
    };
    for (const auto& [facts, says] : rows) EXPECT_EQ(sentence(Language::vi, facts), says);
}

}  // namespace
}  // namespace hoso::client
