@0x8892db46f7811e38;
# The frames of the sync protocol; docs/protocol.md says who sends which, when, and every limit.

using Cxx = import "/capnp/c++.capnp";
using Event = import "event.capnp";
$Cxx.namespace("hoso::schema");

struct Frame {
  union {
    hello @0 :Hello;
    welcome @1 :Welcome;
    auth @2 :Auth;
    ready @3 :Ready;
    enrol @4 :Enrol;
    enrolled @5 :Enrolled;
    push @6 :Push;
    results @7 :Results;
    events @8 :Events;
    eventsWant @9 :EventsWant;
    checkpoint @10 :Checkpoint;
    credit @11 :Credit;
    scope @12 :Scope;
    bye @13 :Bye;
    blobHave @14 :BlobHave;
    blobWant @15 :BlobWant;
    blobChunk @16 :BlobChunk;
  }
}

struct Head {                          # of a device's chain
  nextSeq @0 :UInt64;                  # 0 = nothing yet
  sealHash @1 :Data;                   # of the newest seal, 32 zero bytes if none
}

struct Cursor {
  scope @0 :Data;                      # unit id; nil = registry; 16 bytes of 0xff = the whole log
  nextSequence @1 :UInt64;             # first per-scope sequence not held
  after @2 :UInt64;                    # complete through position after-1
}

struct Hello {
  protocolMin @0 :UInt16;
  protocolMax @1 :UInt16;
  log @2 :Data;
  device @3 :Data;
  epoch @4 :UInt32;
  head @5 :Head;
  checkpoint @6 :Text;                 # newest signed note held, empty if none
  cursors @7 :List(Cursor);
  nonce @8 :Data;
  ticket @9 :Data;                     # reserved
  software @10 :Text;
}

struct Limits {
  frameBytesMax @0 :UInt32;
  pushActionsMax @1 :UInt32;
  actionBytesMax @2 :UInt32;
}

struct Welcome {
  protocol @0 :UInt16;
  nonce @1 :Data;
  checkpoint @2 :Text;
  consistency @3 :List(Data);          # reserved: proof from the client's checkpoint
  head @4 :Head;                       # what the server holds of this device
  scopes @5 :List(Data);               # units of this replica, in the same form as a cursor's scope
  limits @6 :Limits;
  credit @7 :UInt32;                   # pushes that may be unanswered
  serverTime @8 :Int64;
  epoch @9 :UInt32;                    # of the log
}

struct Auth {
  signature @0 :Data;                  # by the device key, docs/protocol.md "Session"
}

struct Ready {
  ticket @0 :Data;                     # reserved
}

struct Enrol {                         # instead of Hello, on a connection of its own
  protocolMin @0 :UInt16;
  protocolMax @1 :UInt16;
  push @2 :Push;                       # one action: DeviceEnrolled, seq 0
}

struct Enrolled {
  genesis @0 :Data;                    # the leaf at position 0
  result @1 :EventHead;
  checkpoint @2 :Text;
}

struct Push {
  device @0 :Data;
  epoch @1 :UInt32;
  seal @2 :Event.Seal;
  actions @3 :List(Event.SignedAction);
}

# The fixed head of a leaf, byte for byte (docs/log_format.md): with the action, its signatures and its seal it rebuilds the event.
struct EventHead {
  bytes @0 :Data;
}

struct Results {
  firstSeq @0 :UInt64;
  heads @1 :Data;                      # consecutive heads, one per action of the push, in order
}

struct Events {
  through @0 :UInt64;                  # every requested scope is complete through position through-1
  union {
    leaves @1 :Data;                   # leaf records in position order; a leaf of the receiver's own action is its head alone
    chunk @2 :Data;                    # a stored chunk untouched (whole log only)
  }
  multiproof @3 :List(Data);           # reserved
}

struct EventsWant {                    # reserved for refill
  positions @0 :List(UInt64);
}

struct Checkpoint {
  note @0 :Text;                       # C2SP signed note
  consistency @1 :List(Data);          # reserved
}

struct Credit {
  pushes @0 :UInt32;                   # client to server: 0 means "send me no events", else frames of events it will take
}

struct Scope {
  added @0 :List(Data);
  removed @1 :List(Data);
  why @2 :Text;
}

struct File {
  root @0 :Data;                       # docs/log_format.md, "Files"
  size @1 :UInt64;                     # in bytes
}

struct BlobHave {                      # what its sender holds of a file
  file @0 :File;
  any @1 :Bool;                        # false: nothing of it, and what was asked for does not come
  chunks @2 :Data;                     # whole chunks, a bit each from the lowest of the first byte on; empty: all of them
}

struct BlobWant {
  file @0 :File;
  offset @1 :UInt64;                   # from here
  bytes @2 :UInt32;                    # so many; 0: nothing of it, and why
  state @3 :BlobState;
  position @4 :UInt64;                 # stored: past the event that says so
  held @5 :UInt64;                     # bytes of the file that its sender has
}

enum BlobState {
  wanted @0;
  stored @1;                           # it is whole and synced, and the log says so
  notCited @2;                         # nothing that is logged cites it yet
  quota @3;                            # the device has sent what it may send a day
  full @4;
  later @5;                            # busy
}

struct BlobChunk {                     # a piece: within one chunk
  file @0 :File;
  offset @1 :UInt64;
  bytes @2 :Data;
  proof @3 :Data;                      # of the chunk, where the piece ends it: 32 bytes a hash
}

struct Bye {
  reason @0 :ByeReason;
  detail @1 :Text;
  retryAfterMs @2 :UInt32;
}

enum ByeReason {
  done @0;
  protocol @1;          # frame out of order, malformed, too large
  version @2;           # no protocol version in common
  wrongLog @3;
  unknownDevice @4;
  badSignature @5;
  badSeal @6;
  badChain @7;          # seq or previous seal does not continue the device's chain
  slow @8;
  busy @9;
  full @10;             # the server's disk reserve is reached
  amnesia @11;          # the server's disk holds less than it acknowledged
  shutdown @12;
  timeout @13;
  slipRefused @14;
  superseded @15;       # a newer connection of the same device
}
