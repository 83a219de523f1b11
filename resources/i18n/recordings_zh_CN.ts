<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Recordings</name>
    <message>
        <source>A folder with the originals, a manifest and their sums. Who, when and why stand in it.</source>
        <translation>导出为一个文件夹：录像原件、清单和校验值，并写明导出人、时间和理由。</translation>
    </message>
    <message>
        <source>Asked for by the police station</source>
        <translation>派出所调阅</translation>
    </message>
    <message>
        <source>Back 5 s</source>
        <translation>退 5 秒</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Checking what happened</source>
        <translation>核查事情经过</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>End</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End recording {time}</source>
        <translation>停止录像 {time}</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Find by the camera's number or name (Ctrl+F)</source>
        <translation>按摄像机编号或名称查找（Ctrl+F）</translation>
    </message>
    <message>
        <source>For</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>From</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>From now on the post's term counts for it.</source>
        <translation>解除后按本站保存期限处理。</translation>
    </message>
    <message>
        <source>Give out</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Give out {n} recordings</source>
        <translation>导出 {n} 段录像</translation>
    </message>
    <message>
        <source>Given out into {folder}</source>
        <translation>已导出到 {folder}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Handling this call</source>
        <translation>处置本警情</translation>
    </message>
    <message>
        <source>Held as evidence by {who}: {reason}</source>
        <translation>证据保全（{who}）：{reason}</translation>
    </message>
    <message>
        <source>Held as evidence: {camera}</source>
        <translation>已设证据保全：{camera}</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>证据保全</translation>
    </message>
    <message>
        <source>Hold this recording as evidence?</source>
        <translation>将这段录像设为证据保全？</translation>
    </message>
    <message>
        <source>It is not removed at its term until it is released.</source>
        <translation>保全期间到期不删除，直至解除保全。</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Looking for a missing person</source>
        <translation>查找走失人员</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>查看记录</translation>
    </message>
    <message>
        <source>Looks at {camera}</source>
        <translation>{camera} 的查看记录</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>勾选</translation>
    </message>
    <message>
        <source>Mark up to four recordings with M, then press Enter.</source>
        <translation>按 M 勾选最多四段录像，再按 Enter 回放。</translation>
    </message>
    <message>
        <source>No picture of this moment</source>
        <translation>此刻没有录像</translation>
    </message>
    <message>
        <source>No recording here</source>
        <translation>没有录像</translation>
    </message>
    <message>
        <source>Nobody has looked at it yet.</source>
        <translation>还没有人查看过。</translation>
    </message>
    <message>
        <source>Nothing is replayed</source>
        <translation>没有在回放</translation>
    </message>
    <message>
        <source>On 5 s</source>
        <translation>进 5 秒</translation>
    </message>
    <message>
        <source>On the wall, R records the camera that is shown.</source>
        <translation>在实时画面中按 R，录制正在显示的摄像机。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录像</translation>
    </message>
    <message>
        <source>Recording ended: {camera}</source>
        <translation>录像已停止：{camera}</translation>
    </message>
    <message>
        <source>Recording {camera}, with the minute before</source>
        <translation>开始录像：{camera}（含此前一分钟）</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录像</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除保全</translation>
    </message>
    <message>
        <source>Release this evidence?</source>
        <translation>解除这段录像的证据保全？</translation>
    </message>
    <message>
        <source>Released: {camera}</source>
        <translation>已解除保全：{camera}</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Space goes on from here.</source>
        <translation>按空格键从此处继续。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The call's timeline</source>
        <translation>警情流水</translation>
    </message>
    <message>
        <source>The other films go on; this one joins them when its time comes.</source>
        <translation>其余录像继续，到时自动加入。</translation>
    </message>
    <message>
        <source>Time of the replay</source>
        <translation>回放时间轴</translation>
    </message>
    <message>
        <source>Where the folder is made</source>
        <translation>导出到哪个文件夹</translation>
    </message>
    <message>
        <source>Why do you look at these recordings?</source>
        <translation>为什么查看这些录像？</translation>
    </message>
    <message>
        <source>asked for by {who} {at}</source>
        <translation>{who} 于 {at} 开始录制</translation>
    </message>
    <message>
        <source>console</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>held</source>
        <translation>已保全</translation>
    </message>
    <message>
        <source>kept until {day}</source>
        <translation>保存至 {day}</translation>
    </message>
    <message>
        <source>removed {at}</source>
        <translation>{at} 到期删除</translation>
    </message>
    <message>
        <source>{cameras}. Who looked, when and why is kept.</source>
        <translation>{cameras}。查看人、时间和理由将记录在案。</translation>
    </message>
    <message>
        <source>{n} films by one clock</source>
        <translation>{n} 路按同一时刻同步</translation>
    </message>
    <message>
        <source>{n} marked</source>
        <translation>已勾选 {n} 段</translation>
    </message>
</context>
</TS>
